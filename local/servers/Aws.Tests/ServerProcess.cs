using System.Diagnostics;

namespace Aws.Tests;

/// <summary>The server as a process of its own, which can be killed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private ServerProcess(Process process, Uri endpoint)
    {
        _process = process;
        Endpoint = endpoint;
    }

    public Uri Endpoint { get; }

    /// <summary>Starts it on a free port, and waits for the line that says it listens.</summary>
    public static async Task<ServerProcess> StartAsync(params string[] arguments)
    {
        var assembly = typeof(ServerOptions).Assembly.Location;
        var process = Process.Start(new ProcessStartInfo("dotnet", [assembly, "--port", "0", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(StartTimeout);
        string line;
        do
        {
            line = await process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException("The server ended: " + await errors);
        }
        while (!line.Contains("Signatures are not checked", StringComparison.Ordinal));
        // Nobody reads what it says from here on, but its pipe must not fill up.
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        return new ServerProcess(process, new Uri(line.Split(' ')[2]));
    }

    /// <summary>SIGKILL: nothing is flushed, closed or said.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
