using System.Diagnostics;
using System.Text;

namespace SetGet.Tests.Hosting;

/// <summary>The app host as a process: what is left of it, and of what it started.</summary>
public sealed class ProcessTests
{
    private const int SigInt = 2;
    private const int SigKill = 9;

    [NeedsFact(Needs.Linux)]
    public async Task AppHost_Killed_LeavesNoProcessBehind()
    {
        using var run = await SampleRun.StartAsync();
        await run.StartGrandchildAsync();
        var processes = run.Processes();

        run.Signal(SigKill);
        await run.WaitForEndAsync();

        Assert.True(processes.Count >= 4, $"{processes.Count} processes in place of two replicas, their caller, and its child");
        await SampleRun.WaitUntilGoneAsync(processes);
    }

    [NeedsFact(Needs.Linux)]
    public async Task AppHost_Interrupted_StopsEverythingAndEndsWell()
    {
        using var run = await SampleRun.StartAsync();
        await run.StartGrandchildAsync();
        var processes = run.Processes();

        run.Signal(SigInt);
        var exitCode = await run.WaitForEndAsync();

        Assert.Equal(0, exitCode);
        await SampleRun.WaitUntilGoneAsync(processes);
    }

    [NeedsFact(Needs.Linux)]
    public async Task AppHost_WithoutNpm_SaysSoInOneLine_AndAllElseRuns()
    {
        var programs = Directory.CreateTempSubdirectory("path-");
        foreach (var program in new[] { "dotnet", "sh", "cat", "kill", "sleep", "env" })
            File.CreateSymbolicLink(Path.Combine(programs.FullName, program), Requirements.OnPath(program)!);
        try
        {
            using var run = await SampleRun.StartAsync(
                "no dashboard",
                programs.FullName,
                "--ASPNETCORE_URLS=http://localhost:0",
                "--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:0",
                "--ASPIRE_ALLOW_UNSECURED_TRANSPORT=true");
            Assert.EndsWith("there is no dashboard in this run, and all else runs: npm is not on the PATH (Node.js brings it).", run.Said, StringComparison.Ordinal);
        }
        finally
        {
            programs.Delete(recursive: true);
        }
    }
}

/// <summary>The sample's app host in a process of its own.</summary>
internal sealed class SampleRun : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly string _front;

    private SampleRun(Process process, string folder, string front)
    {
        _process = process;
        _folder = folder;
        _front = front;
    }

    /// <summary>Starts it, and returns when it is healthy.</summary>
    /// <param name="awaited">What it says beside that, and is waited for; its line is <see cref="Said"/>.</param>
    /// <param name="path">The PATH to start it with; null for the tests' own.</param>
    public static async Task<SampleRun> StartAsync(string? awaited = null, string? path = null, params string[] args)
    {
        using var limit = new CancellationTokenSource(SampleFixture.Limit, TimeProvider.System);
        var folder = Directory.CreateTempSubdirectory("sample-").FullName;
        // A test run in the background of a shell ignores SIGINT, and so would all that it starts.
        var start = new ProcessStartInfo("env")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "--default-signal=INT",
                "dotnet",
                "exec",
                Path.Combine(AppContext.BaseDirectory, "Sample.AppHost.dll"),
                "--DcpPublisher:RandomizePorts=true",
                $"--processes={folder}",
            },
        };
        foreach (var arg in args) start.ArgumentList.Add(arg);
        start.Environment.Remove("ASPNETCORE_URLS");
        if (path is not null)
        {
            start.Environment["PATH"] = path;
            start.Environment["XDG_DATA_HOME"] = folder;
        }

        var process = Process.Start(start)!;
        var said = new StringBuilder();
        string? front = null, found = awaited is null ? "" : null;
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            said.AppendLine(line);
            // "'front-abcdefgh' is healthy. http://localhost:12345"
            if (line.Contains("'front-", StringComparison.Ordinal) && line.Contains("is healthy", StringComparison.Ordinal))
                front = line[line.IndexOf("http://", StringComparison.Ordinal)..].Trim();
            if (awaited is not null && line.Contains(awaited, StringComparison.Ordinal)) found = line;
            if (front is null || found is null) continue;
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return new SampleRun(process, folder, front) { Said = found };
        }

        throw new InvalidOperationException($"The sample did not start: {said}");
    }

    public string Said { get; private init; } = "";

    public async Task StartGrandchildAsync()
    {
        using var client = new HttpClient();
        using var answer = await client.PostAsync(new Uri($"{_front}/child"), content: null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The processes that the application and its children have noted.</summary>
    public IReadOnlyList<int> Processes()
        => [.. Directory.EnumerateFiles(_folder).Select(f => int.Parse(Path.GetFileName(f)))];

    public void Signal(int signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public async Task<int> WaitForEndAsync()
    {
        using var limit = new CancellationTokenSource(SampleFixture.Limit, TimeProvider.System);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>Fails where one of them is still there when the limit is reached.</summary>
    public static async Task WaitUntilGoneAsync(IReadOnlyList<int> processes)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (processes.Any(IsAlive))
            await timer.WaitForNextTickAsync(limit.Token);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static bool IsAlive(int id)
    {
        try
        {
            // An orphan that has ended waits for init to take note of it.
            return !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
