using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Store;

/// <summary>
/// Reads that wait until there is something to read. Woken by the worker's write through one pub/sub subscription per process; Redis
/// is not polled. <c>wait</c> of zero reads once. Null or empty when the time is up. Throws <see cref="RedisUnavailableException"/>.
/// </summary>
public sealed class EventWaiter(EventReader reader, EventTaker taker, IConnectionMultiplexer redis, TimeProvider time)
{
    private static readonly TimeSpan FaultPause = TimeSpan.FromSeconds(1);

    private readonly EventReader _reader = reader;
    private readonly EventTaker _taker = taker;
    private readonly TimeProvider _time = time;
    private readonly WakeRoom _room = new WakeRoom(redis, time);

    /// <summary>Callers that wait in this process.</summary>
    public int Waiting => _room.Count;

    /// <summary>The newest event of a key, once it is one that is wanted; the last one that there was when the time is up.</summary>
    public Task<StoredEvent?> NewestAsync(string account, string key, Predicate<StoredEvent> isWanted, TimeSpan wait, CancellationToken cancellationToken)
    {
        return WaitAsync(account, key, wait, ReadAsync, cancellationToken);

        async Task<Read<StoredEvent?>> ReadAsync()
        {
            var (found, nextLeaseExpiry) = await _reader.ReadNewestAsync(account, key, cancellationToken);
            return new Read<StoredEvent?>(found, found is not null && isWanted(found), nextLeaseExpiry);
        }
    }

    /// <summary>As <see cref="EventReader.ListAsync"/>, once there is at least one event.</summary>
    public Task<EventPage> ListAsync(string account, string key, EventCursor? after, int limit, TimeSpan wait, CancellationToken cancellationToken)
    {
        return WaitAsync(account, key, wait, ReadAsync, cancellationToken);

        async Task<Read<EventPage>> ReadAsync()
        {
            var page = await _reader.ListAsync(account, key, after, limit, cancellationToken);
            return new Read<EventPage>(page, page.Events.Count > 0, null);
        }
    }

    /// <summary>As <see cref="EventTaker.TakeAsync"/>, once there is at least one event; also woken when another's lease runs out.</summary>
    public Task<TakenEvents> TakeAsync(string account, string key, int max, TimeSpan? lease, TimeSpan wait, CancellationToken cancellationToken)
    {
        return WaitAsync(account, key, wait, ReadAsync, cancellationToken);

        async Task<Read<TakenEvents>> ReadAsync()
        {
            var (taken, nextLeaseExpiry) = await _taker.TakeOrWaitAsync(account, key, max, lease, cancellationToken);
            return new Read<TakenEvents>(taken, taken.Events.Count > 0, nextLeaseExpiry);
        }
    }

    private async Task<T> WaitAsync<T>(
        string account, string key, TimeSpan wait, Func<Task<Read<T>>> readAsync, CancellationToken cancellationToken)
    {
        var read = await readAsync();
        if (read.IsEnough || wait <= TimeSpan.Zero) return read.Value;

        var began = _time.GetTimestamp();
        var waiter = new Waiter(RedisKeys.Name(account, key));
        try
        {
            await _room.EnterAsync(waiter, cancellationToken);
            while (true)
            {
                var signal = waiter.Reset();
                var fault = await ReadAgainAsync();
                var left = wait - _time.GetElapsedTime(began);
                if (fault is null && (read.IsEnough || left <= TimeSpan.Zero)) return read.Value;
                if (left <= TimeSpan.Zero) throw fault!;
                var pause = fault is null ? Pause(left, read.NextLeaseExpiry) : Shorter(left, FaultPause);
                // The answer is what is there when the wait is over: it is read once more, however it ended.
                await SignalledAsync(signal, pause, cancellationToken);
            }
        }
        finally
        {
            _room.Leave(waiter);
        }

        // Redis may go and come back while somebody waits; that the answer will be late is what they expect.
        async Task<RedisUnavailableException?> ReadAgainAsync()
        {
            try
            {
                read = await readAsync();
                return null;
            }
            catch (RedisUnavailableException e)
            {
                return e;
            }
        }
    }

    // Nothing is published when a lease runs out: who waits looks again just then.
    private TimeSpan Pause(TimeSpan left, long? nextLeaseExpiry)
    {
        if (nextLeaseExpiry is not { } at) return left;
        var untilLease = DateTimeOffset.FromUnixTimeMilliseconds(at) - _time.GetUtcNow();
        if (untilLease < TimeSpan.FromMilliseconds(1)) untilLease = TimeSpan.FromMilliseconds(1);
        return Shorter(untilLease, left);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private async Task SignalledAsync(Task signal, TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await signal.WaitAsync(pause, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Whoever waits looks again.
        }
    }

    private readonly record struct Read<T>(T Value, bool IsEnough, long? NextLeaseExpiry);
}
