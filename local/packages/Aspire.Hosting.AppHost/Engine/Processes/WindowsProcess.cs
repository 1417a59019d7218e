using System.Diagnostics;

namespace Aspire.Hosting.Engine.Processes;

/// <summary>A process on Windows. The <see cref="WindowsJob"/> of the app host ends it with the app host.</summary>
internal sealed class WindowsProcess : IRunningProcess
{
    private readonly Process _process;

    public WindowsProcess(ProcessSpec spec, Action<string, bool> onLine)
    {
        WindowsJob.JoinThisProcess();
        var start = new ProcessStartInfo(spec.Command, spec.Arguments)
        {
            WorkingDirectory = spec.WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in spec.Environment)
            start.Environment[name] = value;
        _process = Process.Start(start) ?? throw new DistributedApplicationException($"{spec.Command} cannot be started.");
        _process.StandardInput.Close();
        OutputRead = Task.WhenAll(
            OwnThread.Run("console", () => ReadLines(_process.StandardOutput, onLine, isError: false)),
            OwnThread.Run("console", () => ReadLines(_process.StandardError, onLine, isError: true)));
        Exited = WaitForExitAsync();
    }

    public int Id => _process.Id;

    public Task<int> Exited { get; }

    public Task OutputRead { get; }

    // Windows has no signal for a process without a window.
    public void Terminate() => Kill();

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    private static void ReadLines(StreamReader reader, Action<string, bool> onLine, bool isError)
    {
        while (reader.ReadLine() is { } line)
            onLine(line, isError);
    }

    private async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        return _process.ExitCode;
    }
}
