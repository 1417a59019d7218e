using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Holds the present snapshot of every resource, and tells of every change.</summary>
public class ResourceNotificationService : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, ResourceEvent> _current = new(StringComparer.Ordinal);
    private readonly List<Channel<ResourceEvent>> _watchers = [];
    private readonly CancellationTokenSource _disposed = new();

    internal ResourceNotificationService(TimeProvider time) => Time = time;

    internal TimeProvider Time { get; }

    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        var ids = IdsOf(resource);
        return Task.WhenAll(ids.Select(id => PublishUpdateAsync(resource, id, stateFactory)));
    }

    public Task PublishUpdateAsync(
        IResource resource,
        string resourceId,
        Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        lock (_lock)
        {
            var previous = _current.TryGetValue(resourceId, out var known) ? known.Snapshot : InitialOf(resource);
            var next = new ResourceEvent(resource, resourceId, stateFactory(previous));
            _current[resourceId] = next;
            foreach (var watcher in _watchers)
                watcher.Writer.TryWrite(next);
        }

        return Task.CompletedTask;
    }

    /// <summary>Every resource as it is now, and then every change.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>();
        lock (_lock)
        {
            foreach (var known in _current.Values)
                channel.Writer.TryWrite(known);
            _watchers.Add(channel);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(stop.Token))
                yield return change;
        }
        finally
        {
            lock (_lock)
                _watchers.Remove(channel);
        }
    }

    /// <param name="resourceId">A resource's id, or the name of a resource that is a single process.</param>
    /// <param name="resourceEvent">The present snapshot.</param>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        if (_current.TryGetValue(resourceId, out resourceEvent))
            return true;
        var named = _current.Values.Where(e => NameIs(e, resourceId)).Take(2).ToList();
        resourceEvent = named.Count == 1 ? named[0] : null;
        return resourceEvent is not null;
    }

    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default)
        => WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    public async Task<string> WaitForResourceAsync(
        string resourceName,
        IEnumerable<string> targetStates,
        CancellationToken cancellationToken = default)
    {
        var states = targetStates.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var reached = await WaitForResourceAsync(
            resourceName,
            e => e.Snapshot.State?.Text is { } text && states.Contains(text),
            cancellationToken);
        return reached.Snapshot.State!.Text;
    }

    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName,
        Func<ResourceEvent, bool> predicate,
        CancellationToken cancellationToken = default)
    {
        await foreach (var change in WatchAsync(cancellationToken))
            if (NameIs(change, resourceName) && predicate(change))
                return change;
        throw new OperationCanceledException($"The application stopped while something waited for '{resourceName}'.");
    }

    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default)
        => WaitForResourceHealthyAsync(resourceName, WaitBehavior.WaitOnResourceUnavailable, cancellationToken);

    /// <exception cref="DistributedApplicationException">The resource ended, and the wait shall not outlast it.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName,
        WaitBehavior waitBehavior,
        CancellationToken cancellationToken = default)
    {
        var reached = await WaitForResourceAsync(
            resourceName,
            e => e.Snapshot is { HealthStatus: HealthStatus.Healthy, IsReady: true }
                || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && HasEnded(e.Snapshot)),
            cancellationToken);
        return HasEnded(reached.Snapshot)
            ? throw new DistributedApplicationException(
                $"Resource '{resourceName}' is '{reached.Snapshot.State?.Text}' and cannot become healthy.")
            : reached;
    }

    /// <summary>Waits for all that the resource's <see cref="WaitAnnotation"/>s name.</summary>
    public Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken)
        => Task.WhenAll(resource.Annotations.OfType<WaitAnnotation>()
            .Select(wait => Engine.DependencyWait.WaitAsync(this, resource, wait, cancellationToken)));

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Everything as it is now, and what changes from then on, with nothing lost in between.</summary>
    internal Watch Subscribe()
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>();
        lock (_lock)
        {
            _watchers.Add(channel);
            return new Watch(this, [.. _current.Values], channel);
        }
    }

    internal static bool HasEnded(CustomResourceSnapshot snapshot)
        => snapshot.State is { } state && KnownResourceStates.TerminalStates.Contains(state.Text);

    private static bool NameIs(ResourceEvent change, string name)
        => string.Equals(change.Resource.Name, name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(change.ResourceId, name, StringComparison.OrdinalIgnoreCase);

    private static string[] IdsOf(IResource resource)
        => resource.Annotations.OfType<Engine.InstancesAnnotation>().LastOrDefault() is { } instances
            ? [.. instances.Ids]
            : [resource.Name];

    private static CustomResourceSnapshot InitialOf(IResource resource)
        => resource.Annotations.OfType<InitialSnapshotAnnotation>().LastOrDefault()?.Snapshot
            ?? new CustomResourceSnapshot { ResourceType = Engine.ResourceTypes.NameOf(resource), Properties = [] };

    /// <summary>A subscription; it ends when it is disposed of.</summary>
    internal sealed class Watch : IDisposable
    {
        private readonly ResourceNotificationService _owner;
        private readonly Channel<ResourceEvent> _channel;

        public Watch(ResourceNotificationService owner, IReadOnlyList<ResourceEvent> present, Channel<ResourceEvent> channel)
        {
            _owner = owner;
            _channel = channel;
            Present = present;
        }

        public IReadOnlyList<ResourceEvent> Present { get; }

        public ChannelReader<ResourceEvent> Changes => _channel.Reader;

        public void Dispose()
        {
            lock (_owner._lock)
                _owner._watchers.Remove(_channel);
        }
    }
}
