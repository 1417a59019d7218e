using System.Collections.Concurrent;
using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Engine;

/// <summary>Checks the health of everything that runs: often until it is healthy, and from then on now and then.</summary>
internal sealed partial class HealthMonitor : BackgroundService
{
    private static readonly TimeSpan AtFirst = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WhileUnhealthy = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, bool> _monitored = new(StringComparer.Ordinal);
    private readonly ResourceNotificationService _notifications;
    private readonly IDistributedApplicationEventing _eventing;
    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly ILogger<HealthMonitor> _logger;

    public HealthMonitor(
        ResourceNotificationService notifications,
        IDistributedApplicationEventing eventing,
        IServiceProvider services,
        TimeProvider time,
        ILogger<HealthMonitor> logger)
    {
        _notifications = notifications;
        _eventing = eventing;
        _services = services;
        _time = time;
        _logger = logger;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in _notifications.WatchAsync(stoppingToken))
            if (IsRunning(change.Snapshot) && _monitored.TryAdd(change.ResourceId, value: true))
                _ = MonitorAsync(change.Resource, change.ResourceId, stoppingToken);
    }

    private static bool IsRunning(CustomResourceSnapshot snapshot) => snapshot.State?.Text == KnownResourceStates.Running;

    private async Task MonitorAsync(IResource resource, string id, CancellationToken cancellationToken)
    {
        try
        {
            var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(a => a.Key).ToHashSet(StringComparer.Ordinal);
            while (_notifications.TryGetCurrentState(id, out var now) && IsRunning(now.Snapshot))
            {
                var healthy = keys.Count == 0 || await CheckAsync(resource, id, keys, cancellationToken);
                if (healthy)
                    await BecomeReadyAsync(resource, id, cancellationToken);
                await WaitAsync(id, now.Snapshot, healthy ? WhileHealthy : PatienceWith(now.Snapshot), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The application stops.
        }
#pragma warning disable CA1031 // Whatever one resource's checks do, the others' go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.MonitorFailed(_logger, exception, id);
        }
        finally
        {
            _monitored.TryRemove(id, out _);
        }

        // It may have started again between the last look and the removal.
        if (_notifications.TryGetCurrentState(id, out var last)
            && IsRunning(last.Snapshot)
            && !cancellationToken.IsCancellationRequested
            && _monitored.TryAdd(id, value: true))
            _ = MonitorAsync(resource, id, cancellationToken);
    }

    /// <summary>What starts is looked at often, what does not come up for long less so.</summary>
    private TimeSpan PatienceWith(CustomResourceSnapshot run)
        => run.StartTimeStamp is { } start && _time.GetUtcNow().UtcDateTime - start > StartTime ? WhileUnhealthy : AtFirst;

    /// <summary>Waits for the next check, or until the resource leaves the run that it is in.</summary>
    private async Task WaitAsync(string id, CustomResourceSnapshot run, TimeSpan interval, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(interval, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await _notifications.WaitForResourceAsync(
                id,
                e => !IsRunning(e.Snapshot) || e.Snapshot.StartTimeStamp != run.StartTimeStamp,
                either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time for the next check.
        }
    }

    private async Task<bool> CheckAsync(IResource resource, string id, HashSet<string> keys, CancellationToken cancellationToken)
    {
        var report = await _services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => keys.Contains(check.Name), cancellationToken);
        var at = _time.GetUtcNow().UtcDateTime;
        var reports = keys
            .Select(key => report.Entries.TryGetValue(key, out var entry)
                ? new HealthReportSnapshot(key, entry.Status, entry.Description, entry.Exception?.ToString()) { LastRunAt = at }
                : new HealthReportSnapshot(key, HealthStatus.Unhealthy, "No health check of this name is registered.", null) { LastRunAt = at })
            .ToImmutableArray();
        await _notifications.PublishUpdateAsync(
            resource,
            id,
            s => IsRunning(s) ? s with { HealthReports = reports } : s);
        return reports.All(r => r.Status == HealthStatus.Healthy);
    }

    private async Task BecomeReadyAsync(IResource resource, string id, CancellationToken cancellationToken)
    {
        if (_notifications.TryGetCurrentState(id, out var now) && now.Snapshot.IsReady)
            return;
        await _eventing.PublishAsync(new ResourceReadyEvent(resource, _services), cancellationToken);
        await _notifications.PublishUpdateAsync(resource, id, s => s with { IsReady = true });
        if (ResourceTypes.IsProcess(resource) && _notifications.TryGetCurrentState(id, out now) && !now.Snapshot.IsHidden)
            Log.Healthy(_logger, id, string.Join(", ", now.Snapshot.Urls.Where(u => u.Name is not null).Select(u => u.Url)));
    }

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Information, "'{Resource}' is healthy. {Urls}")]
        public static partial void Healthy(ILogger logger, string resource, string urls);

        [LoggerMessage(1, LogLevel.Error, "The health of '{Resource}' is checked no longer.")]
        public static partial void MonitorFailed(ILogger logger, Exception exception, string resource);
    }
}
