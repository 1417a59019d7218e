using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SetGet.Tests.Packages.Redis;

/// <summary>A redis-server of its own for a test class: a free port, nothing on disk.</summary>
public sealed class RedisServer : IAsyncLifetime, IDisposable
{
    public const string Password = "a-test's password";

    private Process? _process;

    public int Port { get; private set; }

    public async Task InitializeAsync()
    {
        if (Requirements.OnPath("redis-server") is not { } program)
            return;
        Port = FreePort();
        await StartAsync(program);
    }

    public Task DisposeAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        if (_process is null)
            return;
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Kills the server, and starts it again on the same port.</summary>
    public async Task RestartAsync()
    {
        Dispose();
        await StartAsync(Requirements.OnPath("redis-server")!);
    }

    private async Task StartAsync(string program)
    {
        _process = Process.Start(new ProcessStartInfo(program, ["-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var ready = new TaskCompletionSource();
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("Ready to accept", StringComparison.Ordinal) != false)
                ready.TrySetResult();
        };
        _process.BeginOutputReadLine();
        await _process.StandardInput.WriteAsync(
            $"port {Port}\nbind 127.0.0.1\nsave \"\"\nappendonly no\nrequirepass \"{Password}\"\n");
        _process.StandardInput.Close();
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
