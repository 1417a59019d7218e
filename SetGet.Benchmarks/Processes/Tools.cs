using System.Diagnostics;

namespace SetGet.Benchmarks.Processes;

/// <summary>Programs of the machine.</summary>
internal static class Tools
{
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
