using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Processes;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Engine;

/// <summary>Tells what becomes of one process: its states for the dashboard and for those who wait, and what went wrong in the log.</summary>
internal sealed partial class InstanceReports
{
    private const int LastLines = 20;

    private readonly ResourceInstance _instance;
    private readonly EngineServices _services;

    public InstanceReports(ResourceInstance instance, EngineServices services)
    {
        _instance = instance;
        _services = services;
    }

    private IResource Resource => _instance.Resource;

    private ILogger Console => _services.Loggers.GetLogger(_instance.Id);

    public void WriteLine(string text, bool isError) => _services.Loggers.Write(_instance.Id, text, isError);

    public Task ShowAsync(string state) => PublishAsync(s => s with { State = new ResourceStateSnapshot(state, StyleOf(state)) });

    public Task ShowBeginAsync()
        => PublishAsync(s => s with
        {
            State = KnownResourceStates.Starting,
            StartTimeStamp = null,
            StopTimeStamp = null,
            ExitCode = null,
            IsReady = false,
            HealthReports = UnknownHealth(),
            CreationTimeStamp = s.CreationTimeStamp ?? Now(),
            Urls = [.. s.Urls.Select(u => u with { IsInactive = true })],
        });

    public async Task WaitForDependenciesAsync(CancellationToken cancellationToken)
    {
        var waits = Resource.Annotations.OfType<WaitAnnotation>().Where(w => w.Resource is not IResourceWithoutLifetime).ToList();
        if (waits.Count == 0)
            return;
        await ShowAsync(KnownResourceStates.Waiting);
        await Task.WhenAll(waits.Select(async wait =>
        {
            Log.Waits(Console, wait.Resource.Name, wait.WaitType);
            await DependencyWait.WaitAsync(_services.Notifications, Resource, wait, cancellationToken);
            Log.WaitsNoLonger(Console, wait.Resource.Name);
        }));
        await ShowAsync(KnownResourceStates.Starting);
    }

    public async Task AnnounceStartAsync(CancellationToken cancellationToken)
    {
        if (Resource is IResourceWithConnectionString)
            await _services.Eventing.PublishAsync(new ConnectionStringAvailableEvent(Resource, _services.Services), cancellationToken);
        await _services.Eventing.PublishAsync(new BeforeResourceStartedEvent(Resource, _services.Services), cancellationToken);
    }

    public Task ShowRunningAsync(int processId, ProcessSpec spec)
        => PublishAsync(s => s with
        {
            State = new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success),
            StartTimeStamp = Now(),
            HealthReports = UnknownHealth(),
            Urls = [.. s.Urls.Select(u => u with { IsInactive = false })],
            Properties = ResourceProperties.OfProcess(s.Properties, Resource, spec, processId),
        });

    public async Task ShowExitAsync(int exitCode, bool asked)
    {
        var failed = exitCode != 0 && !asked;
        if (failed)
        {
            Log.Exited(Console, exitCode);
            Log.ResourceExited(_services.Logger, _instance.Id, exitCode, Tail());
        }

        var state = exitCode == 0 && !asked ? KnownResourceStates.Finished : KnownResourceStates.Exited;
        await ShowEndAsync(new ResourceStateSnapshot(state, failed ? KnownResourceStateStyles.Error : KnownResourceStateStyles.Info), exitCode);
    }

    public void TellKilled(TimeSpan patience) => Log.Killed(_services.Logger, _instance.Id, patience.TotalSeconds);

    public Task ShowStoppedBeforeStartAsync()
        => ShowEndAsync(new ResourceStateSnapshot(KnownResourceStates.Exited, KnownResourceStateStyles.Info), exitCode: null);

    public async Task ShowFailureAsync(Exception exception)
    {
        var expected = exception is DistributedApplicationException or InvalidOperationException;
        Log.DidNotStart(Console, expected ? exception.Message : exception.ToString());
        Log.ResourceDidNotStart(_services.Logger, _instance.Id, expected ? exception.Message : exception.ToString());
        await ShowEndAsync(new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error), exitCode: null);
    }

    private static string? StyleOf(string state)
        => state == KnownResourceStates.Running ? KnownResourceStateStyles.Success : KnownResourceStateStyles.Info;

    private async Task ShowEndAsync(ResourceStateSnapshot state, int? exitCode)
    {
        await PublishAsync(s => s with
        {
            State = state,
            ExitCode = exitCode,
            StopTimeStamp = Now(),
            IsReady = false,
            Urls = [.. s.Urls.Select(u => u with { IsInactive = true })],
        });
        if (_services.Notifications.TryGetCurrentState(_instance.Id, out var now))
            await _services.Eventing.PublishAsync(new ResourceStoppedEvent(Resource, _services.Services, now));
    }

    private Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change)
        => _services.Notifications.PublishUpdateAsync(
            Resource,
            _instance.Id,
            s => ResourceCommands.WithStates(change(s), Resource, _services.Services));

    private ImmutableArray<HealthReportSnapshot> UnknownHealth()
        => [.. Resource.Annotations.OfType<HealthCheckAnnotation>()
            .Select(a => new HealthReportSnapshot(a.Key, (HealthStatus?)null, Description: null, ExceptionText: null))];

    private DateTime Now() => _services.Time.GetUtcNow().UtcDateTime;

    private string Tail() => string.Concat(_services.Loggers.LastLines(_instance.Id, LastLines).Select(l => $"{Environment.NewLine}    {l}"));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Waiting for '{Dependency}' ({WaitType}).")]
        public static partial void Waits(ILogger logger, string dependency, WaitType waitType);

        [LoggerMessage(2, LogLevel.Information, "'{Dependency}' is there.")]
        public static partial void WaitsNoLonger(ILogger logger, string dependency);

        [LoggerMessage(3, LogLevel.Error, "Exited with code {ExitCode}.")]
        public static partial void Exited(ILogger logger, int exitCode);

        [LoggerMessage(4, LogLevel.Error, "Resource '{Resource}' exited with code {ExitCode}. Its last lines:{Lines}")]
        public static partial void ResourceExited(ILogger logger, string resource, int exitCode, string lines);

        [LoggerMessage(5, LogLevel.Error, "Did not start: {Reason}")]
        public static partial void DidNotStart(ILogger logger, string reason);

        [LoggerMessage(6, LogLevel.Error, "Resource '{Resource}' did not start: {Reason}")]
        public static partial void ResourceDidNotStart(ILogger logger, string resource, string reason);

        [LoggerMessage(7, LogLevel.Warning, "Resource '{Resource}' did not end within {Seconds:0.0} seconds, and was killed.")]
        public static partial void Killed(ILogger logger, string resource, double seconds);
    }
}
