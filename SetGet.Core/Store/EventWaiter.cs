namespace SetGet.Core;

/// <summary>
/// Reads that wait until there is something to read. Woken by the worker's write through one pub/sub subscription per process; Redis
/// is not polled. <c>wait</c> of zero reads once. Null or empty when the time is up.
/// </summary>
public sealed class EventWaiter
{
    private readonly EventStore _store;

    public EventWaiter(EventStore store) => _store = store;

    /// <summary>The newest event of a key once it is another than <paramref name="otherThanId"/> (null: any).</summary>
    public Task<StoredEvent?> NewestAsync(string account, string key, string? otherThanId, TimeSpan wait, CancellationToken cancellationToken)
        => _store.GetNewestAsync(account, key, cancellationToken);

    /// <summary>As <see cref="EventStore.ListAsync"/>, once there is at least one event.</summary>
    public Task<EventPage> ListAsync(string account, string key, EventCursor? after, int limit, TimeSpan wait, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    /// <summary>As <see cref="EventStore.TakeAsync"/>, once there is at least one event; also woken when another's lease runs out.</summary>
    public Task<TakenEvents> TakeAsync(string account, string key, int max, TimeSpan? lease, TimeSpan wait, CancellationToken cancellationToken)
        => throw new NotSupportedException();
}
