using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SetGet.Benchmarks.Processes;

/// <summary>A server process for the time of a run. It is killed with all that it started.</summary>
internal sealed class Server : IDisposable
{
    /// <summary>Environment variables of .NET for the sockets of a process: the load's are not handed on to the servers.</summary>
    internal const string SocketThreads = "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT";
    internal const string InlineSockets = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();

    private Server(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The number of the process.</summary>
    internal int Id => _process.Id;

    /// <summary>What the process has used of all processors so far.</summary>
    internal TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; with its last lines of output.</exception>
    internal static async Task<Server> StartAsync(
        string program,
        IEnumerable<string> arguments,
        Func<CancellationToken, Task<bool>> isReady,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? environment = null,
        TimeSpan? startLimit = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment.Remove(SocketThreads);
        start.Environment.Remove(InlineSockets);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var server = new Server(Process.Start(start)!);
        try
        {
            await server.WaitAsync(isReady, startLimit ?? StartLimit, cancellationToken);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Ready as soon as a GET answers 200.</summary>
    internal static Func<CancellationToken, Task<bool>> Answers(HttpClient http, string url) => async cancellationToken =>
    {
        try
        {
            using var response = await http.GetAsync(url, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    };

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Asks the process to end, as Ctrl+C or an orchestrator does, and waits until it has.</summary>
    internal async Task EndAsync(CancellationToken cancellationToken)
    {
        await Tools.RunAsync("kill", ["-TERM", $"{_process.Id}"], cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task WaitAsync(Func<CancellationToken, Task<bool>> isReady, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(atMost, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        try
        {
            while (!await isReady(either.Token))
            {
                if (_process.HasExited)
                    throw new InvalidOperationException($"{Describe()} ended with code {_process.ExitCode}:\n{LastLines()}");
                await timer.WaitForNextTickAsync(either.Token);
            }
        }
        catch (OperationCanceledException error) when (limit.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{Describe()} was not ready after {atMost.TotalSeconds} s:\n{LastLines()}", error);
        }
    }

    private string Describe() => $"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList.Select(Path.GetFileName))}";

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > 30)
                _lastLines.Dequeue();
        }
    }

    private string LastLines()
    {
        lock (_lastLines)
            return string.Join('\n', _lastLines);
    }
}
