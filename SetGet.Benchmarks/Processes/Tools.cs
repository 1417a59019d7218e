using System.Diagnostics;

namespace SetGet.Benchmarks.Processes;

/// <summary>Programs of the machine.</summary>
internal static class Tools
{
    /// <summary>The packages of Debian that bring what the benchmarks need.</summary>
    private static readonly Dictionary<string, string> Packages = new()
    {
        ["redis-server"] = "redis-server",
        ["redis-cli"] = "redis-tools",
        ["webdis"] = "webdis",
        ["wrk"] = "wrk",
        ["npm"] = "npm",
    };

    /// <summary>Programs that do as well.</summary>
    private static readonly Dictionary<string, string> Substitutes = new() { ["redis-server"] = "valkey-server" };

    /// <summary>The full path of a program, or of one that does as well; null where there is neither.</summary>
    internal static string? Find(string program)
        => OnPath(program) ?? (Substitutes.TryGetValue(program, out var substitute) ? OnPath(substitute) : null);

    /// <summary>The full path of a program that the benchmark cannot do without.</summary>
    /// <exception cref="MissingToolException">It is not there; with how to get it.</exception>
    internal static string Require(string program)
        => Find(program) ?? throw new MissingToolException($"This benchmark needs {Describe(program)}.");

    /// <summary>A program, and how to get it.</summary>
    internal static string Describe(string program)
        => Packages.TryGetValue(program, out var package) ? $"{program} on the PATH (Debian: apt-get install {package})" : $"{program} on the PATH";

    /// <summary>Full path, or null where it is not on the PATH.</summary>
    internal static string? OnPath(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Runs a program to its end, and answers what it wrote.</summary>
    /// <exception cref="InvalidOperationException">It ended with a code other than zero.</exception>
    internal static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellationToken, string? folder = null)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder ?? "",
        })!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException($"{program} ended with code {process.ExitCode}: {await error}{await output}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
