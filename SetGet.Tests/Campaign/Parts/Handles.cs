using System.Diagnostics;
using System.Globalization;

namespace SetGet.Tests.Campaign.Parts;

/// <summary>How many files and sockets a process may have open. By <c>prlimit</c>, which every Linux has.</summary>
internal static class Handles
{
    /// <summary>Allows no more than it has.</summary>
    internal static Task UseUpAsync(Part part) => LimitAsync(part, ProcessFigures.Of(part).Handles.ToString(CultureInfo.InvariantCulture));

    /// <summary>Allows what .NET takes at its start: the most that the machine lets it have.</summary>
    internal static async Task FreeAsync(Part part)
    {
        if (!part.IsAlive) return;
        var limits = await File.ReadAllLinesAsync($"/proc/{part.ProcessId.ToString(CultureInfo.InvariantCulture)}/limits");
        // "Max open files  SOFT  HARD  files"
        await LimitAsync(part, limits.Single(line => line.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[4]);
    }

    private static async Task LimitAsync(Part part, string soft)
    {
        using var process = Process.Start("prlimit", ["--pid", part.ProcessId.ToString(CultureInfo.InvariantCulture), $"--nofile={soft}:"]);
        await process.WaitForExitAsync();
    }
}
