using StackExchange.Redis;

namespace SetGet.Core;

/// <summary>
/// The events in Redis. Every method throws <see cref="RedisUnavailableException"/> within about two seconds when Redis does not answer.
/// What is expired is never returned. Layout and reasons: docs/store.md.
/// </summary>
public sealed class EventStore
{
    private readonly IConnectionMultiplexer _redis;
    private readonly TtlSettings _ttl;
    private readonly TimeProvider _time;

    public EventStore(IConnectionMultiplexer redis, TtlSettings ttl, TimeProvider time)
    {
        _redis = redis;
        _ttl = ttl;
        _time = time;
    }

    /// <summary>
    /// Stores a batch in one pipelined round trip (two when an event is shared among keys or carries an idempotency key). Results are in
    /// the order of the batch; a fault that may pass is one envelope's <see cref="StoreOutcome.Failed"/>, never an exception.
    /// </summary>
    public Task<IReadOnlyList<StoreResult>> StoreAsync(IReadOnlyList<Envelope> batch, CancellationToken cancellationToken)
        => throw new NotSupportedException($"{_redis.IsConnected} {_ttl is null} {_time.LocalTimeZone}");

    /// <summary>The newest event of a key, or null. One round trip.</summary>
    public Task<StoredEvent?> GetNewestAsync(string account, string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The newest event of each key, in the order asked, null where there is none; pipelined.</summary>
    public Task<IReadOnlyList<StoredEvent?>> GetNewestAsync(string account, IReadOnlyList<string> keys, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    /// <summary>The events after a cursor (null: from the oldest), at most <paramref name="limit"/> and at most 4 MiB of data, but at least one.</summary>
    public Task<EventPage> ListAsync(string account, string key, EventCursor? after, int limit, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    /// <summary>
    /// Removes the oldest events and returns them, at most <paramref name="max"/> and at most 4 MiB of data. No two callers get the same one. With a lease they are
    /// hidden for that long, and come back unless acknowledged.
    /// </summary>
    public Task<TakenEvents> TakeAsync(string account, string key, int max, TimeSpan? lease, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    /// <summary>Removes a lease's events for good; false when there is no such lease or it has expired.</summary>
    public Task<bool> AckAsync(string account, string key, string leaseId, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Forgets a key and its events; false when there was nothing.</summary>
    public Task<bool> DeleteAsync(string account, string key, CancellationToken cancellationToken) => throw new NotSupportedException();
}
