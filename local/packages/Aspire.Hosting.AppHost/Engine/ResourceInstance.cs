using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Processes;

namespace Aspire.Hosting.Engine;

/// <summary>
/// One process of a resource: it waits for what it depends on, starts, is watched, and ends. Commands to it take turns.
/// </summary>
internal sealed class ResourceInstance : IDisposable
{
    private static readonly TimeSpan OutputLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly InstanceReports _reports;
    private readonly ProcessPreparation _preparation;
    private readonly TimeProvider _time;
    private CancellationTokenSource? _run;
    private Task _running = Task.CompletedTask;
    private volatile IRunningProcess? _process;
    private volatile bool _stopping;

    public ResourceInstance(IResource resource, string id, InstancePorts ports, EngineServices services)
    {
        Resource = resource;
        Id = id;
        Ports = ports;
        _time = services.Time;
        _reports = new InstanceReports(this, services);
        _preparation = new ProcessPreparation(this, services);
    }

    public IResource Resource { get; }

    public string Id { get; }

    public InstancePorts Ports { get; }

    public Task ShowAsync(string state) => _reports.ShowAsync(state);

    /// <summary>Begins to start it; where it runs already nothing happens.</summary>
    /// <returns>Whether there was anything to start.</returns>
    public async Task<bool> StartAsync(bool waitForDependencies, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!_running.IsCompleted)
                return false;
            _run?.Dispose();
            _run = new CancellationTokenSource();
            _stopping = false;
            await _reports.ShowBeginAsync();
            var token = _run.Token;
            _running = Task.Run(() => RunAsync(waitForDependencies, token), CancellationToken.None);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Asks it to end, and ends it after <paramref name="patience"/>.</summary>
    /// <returns>Whether there was anything to stop.</returns>
    public async Task<bool> StopAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_running.IsCompleted)
                return false;
            _stopping = true;
            if (_run is not null)
                await _run.CancelAsync();
            if (_process is { } process)
            {
                await _reports.ShowAsync(KnownResourceStates.Stopping);
                process.Terminate();
                if (!await EndedAsync(patience))
                {
                    _reports.TellKilled(patience);
                    process.Kill();
                }
            }

            await EndedAsync(KillLimit);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _process?.Kill();
        _run?.Dispose();
        _turn.Dispose();
    }

    private async Task<bool> EndedAsync(TimeSpan limit)
    {
        try
        {
            await _running.WaitAsync(limit, _time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task RunAsync(bool waitForDependencies, CancellationToken cancellationToken)
    {
        try
        {
            if (waitForDependencies)
                await _reports.WaitForDependenciesAsync(cancellationToken);
            await _reports.AnnounceStartAsync(cancellationToken);
            var spec = await _preparation.PrepareAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            var process = ProcessLauncher.Start(spec, _reports.WriteLine);
            _process = process;
            await _reports.ShowRunningAsync(process.Id, spec);
            if (cancellationToken.IsCancellationRequested)
                process.Terminate();
            await ReportExitAsync(process);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await _reports.ShowStoppedBeforeStartAsync();
        }
#pragma warning disable CA1031 // Callbacks of the composition run in there: whatever they throw is why it did not start.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await _reports.ShowFailureAsync(exception);
        }
    }

    private async Task ReportExitAsync(IRunningProcess process)
    {
        var code = await process.Exited;
        _process = null;
        try
        {
            await process.OutputRead.WaitAsync(OutputLimit, _time);
        }
        catch (TimeoutException)
        {
            // Something it started still holds its output: what has been read is what there is.
        }

        await _reports.ShowExitAsync(code, _stopping);
    }
}
