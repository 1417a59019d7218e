using System.Globalization;

namespace SetGet.Tests.Campaign.Parts;

/// <summary>
/// The clock of one process, which can be set wrong: by libfaketime (Debian's package faketime), which reads how far it is off from a file. What measures
/// durations goes on undisturbed, as on a machine whose clock is set.
/// </summary>
internal static class Clock
{
    private static readonly string[] Places = ["/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"];

    private static string? Library { get; } = Places.FirstOrDefault(File.Exists);

    internal static bool CanJump => Library is not null;

    /// <summary>The second API and the second worker have a clock that jumps: the others show who is right. redis-server does not start with one: its allocator needs the time.</summary>
    internal static bool Jumps(string part) => CanJump && part is "api-2" or "worker-2";

    internal static Dictionary<string, string> EnvironmentFor(string folder, string part)
    {
        if (!Jumps(part)) return [];
        Set(folder, part, TimeSpan.Zero);
        return new()
        {
            ["LD_PRELOAD"] = Library!,
            ["FAKETIME_TIMESTAMP_FILE"] = FileOf(folder, part),
            ["FAKETIME_CACHE_DURATION"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            // With the fix, .NET's timed waits end at once, and spin.
            ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
        };
    }

    /// <summary>Within a second, the part's clock is off by that much.</summary>
    internal static void Set(string folder, string part, TimeSpan off)
    {
        // In one step: the process may read it at any time.
        var next = FileOf(folder, part) + ".next";
        File.WriteAllText(next, off.TotalSeconds.ToString("+0.000;-0.000", CultureInfo.InvariantCulture));
        File.Move(next, FileOf(folder, part), overwrite: true);
    }

    private static string FileOf(string folder, string part) => Path.Combine(folder, part + ".clock");
}
