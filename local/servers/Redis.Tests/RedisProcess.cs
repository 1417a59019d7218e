using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using StackExchange.Redis;

namespace Redis.Tests;

/// <summary>The server as a process of its own.</summary>
internal sealed partial class RedisProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly string Server =
        typeof(RedisProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Server").Value!;

    private readonly Process _process;
    private readonly string? _password;

    private RedisProcess(Process process, string? password)
    {
        _process = process;
        _password = password;
    }

    public int Port { get; private set; }

    /// <summary>What it says when it is ready.</summary>
    public string Said { get; private set; } = "";

    public string ConnectionString => $"127.0.0.1:{Port},connectTimeout=5000{(_password is null ? "" : ",password=" + _password)}";

    /// <summary>Starts one, and returns when it is ready.</summary>
    public static async Task<RedisProcess> StartAsync(string? data = null, string? password = null, params string[] args)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        var server = new RedisProcess(Launch(password, ["--port", "0", .. data is null ? [] : new[] { "--data", data }, .. args]), password);
        while (await server._process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (ReadyLine().Match(line) is not { Success: true } ready) continue;
            server.Said = line;
            server.Port = int.Parse(ready.Groups["port"].Value, CultureInfo.InvariantCulture);
            return server;
        }

        throw new InvalidOperationException($"The server ended: {await server._process.StandardError.ReadToEndAsync(limit.Token)}");
    }

    /// <summary>Starts one that is to end by itself.</summary>
    /// <returns>Its exit code, and what it said on standard error.</returns>
    public static async Task<(int ExitCode, string Error)> FailAsync(params string[] args)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        using var process = Launch(password: null, args);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await error);
    }

    public Task<ConnectionMultiplexer> ConnectAsync() => ConnectionMultiplexer.ConnectAsync(ConnectionString);

    /// <summary>SIGKILL: no line of its code runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        using (var kill = Process.Start("kill", [$"-{15}", $"{_process.Id}"])) await kill.WaitForExitAsync(limit.Token);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private static Process Launch(string? password, IEnumerable<string> args)
    {
        var start = new ProcessStartInfo(
            "dotnet", ["exec", Server, .. args])
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("REDIS_PASSWORD");
        if (password is not null) start.Environment["REDIS_PASSWORD"] = password;
        return Process.Start(start)!;
    }

    [GeneratedRegex(@"^Redis \(Garnet .*\) on localhost:(?<port>\d+) ")]
    private static partial Regex ReadyLine();
}
