using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

/// <summary>Something that happens to the application.</summary>
public interface IDistributedApplicationEvent;

/// <summary>Something that happens to one resource.</summary>
public interface IDistributedApplicationResourceEvent : IDistributedApplicationEvent
{
    IResource Resource { get; }
}

/// <summary>How subscribers are called.</summary>
public enum EventDispatchBehavior
{
    BlockingSequential,
    BlockingConcurrent,
    NonBlockingSequential,
    NonBlockingConcurrent,
}

/// <summary>One subscriber.</summary>
public class DistributedApplicationEventSubscription
{
    public DistributedApplicationEventSubscription(Func<IDistributedApplicationEvent, CancellationToken, Task> callback)
        => Callback = callback;

    public Func<IDistributedApplicationEvent, CancellationToken, Task> Callback { get; }
}

/// <summary>One subscriber to the events of one resource.</summary>
public class DistributedApplicationResourceEventSubscription : DistributedApplicationEventSubscription
{
    public DistributedApplicationResourceEventSubscription(
        IResource? resource,
        Func<IDistributedApplicationResourceEvent, CancellationToken, Task> callback)
        : base((e, ct) => callback((IDistributedApplicationResourceEvent)e, ct))
        => Resource = resource;

    public IResource? Resource { get; }
}

/// <summary>Publishes and subscribes to what happens.</summary>
public interface IDistributedApplicationEventing
{
    DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent;

    DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent;

    void Unsubscribe(DistributedApplicationEventSubscription subscription);

    Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent;

    Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent;
}

/// <summary>Calls subscribers in the order in which they subscribed.</summary>
public class DistributedApplicationEventing : IDistributedApplicationEventing
{
    private readonly ConcurrentDictionary<Type, List<DistributedApplicationEventSubscription>> _subscriptions = new();

    public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent
        => Add<T>(new DistributedApplicationEventSubscription((e, ct) => callback((T)e, ct)));

    public DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent
        => Add<T>(new DistributedApplicationResourceEventSubscription(
            resource,
            (e, ct) => ReferenceEquals(e.Resource, resource) ? callback((T)e, ct) : Task.CompletedTask));

    public void Unsubscribe(DistributedApplicationEventSubscription subscription)
    {
        foreach (var list in _subscriptions.Values)
            lock (list)
                list.Remove(subscription);
    }

    public Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent
        => PublishAsync(@event, EventDispatchBehavior.BlockingSequential, cancellationToken);

    public Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent
    {
        var subscribers = SubscribersOf(typeof(T));
        switch (dispatchBehavior)
        {
            case EventDispatchBehavior.BlockingConcurrent:
                return Task.WhenAll(subscribers.Select(s => s.Callback(@event, cancellationToken)));
            case EventDispatchBehavior.NonBlockingSequential:
                _ = OneByOneAsync(subscribers, @event, cancellationToken);
                return Task.CompletedTask;
            case EventDispatchBehavior.NonBlockingConcurrent:
                foreach (var subscriber in subscribers)
                    _ = subscriber.Callback(@event, cancellationToken);
                return Task.CompletedTask;
            default:
                return OneByOneAsync(subscribers, @event, cancellationToken);
        }
    }

    private static async Task OneByOneAsync(
        DistributedApplicationEventSubscription[] subscribers,
        IDistributedApplicationEvent @event,
        CancellationToken cancellationToken)
    {
        foreach (var subscriber in subscribers)
            await subscriber.Callback(@event, cancellationToken);
    }

    private DistributedApplicationEventSubscription[] SubscribersOf(Type type)
    {
        if (!_subscriptions.TryGetValue(type, out var list))
            return [];
        lock (list)
            return [.. list];
    }

    private DistributedApplicationEventSubscription Add<T>(DistributedApplicationEventSubscription subscription)
    {
        var list = _subscriptions.GetOrAdd(typeof(T), _ => []);
        lock (list)
            list.Add(subscription);
        return subscription;
    }
}
