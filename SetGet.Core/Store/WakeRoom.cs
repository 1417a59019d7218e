using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Store;

/// <summary>
/// Who waits for which webhook key in this process. One subscription wakes them all; when a connection was lost and is back, everybody
/// reads again, because a message may have been missed.
/// </summary>
internal sealed class WakeRoom
{
    // A connection that is back is subscribed again a moment later: what was published between the two is caught by a second look.
    private static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(1);

    private readonly IConnectionMultiplexer _redis;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Waiter>> _waiters = new(StringComparer.Ordinal);
    private Task? _subscribed;

    internal WakeRoom(IConnectionMultiplexer redis, TimeProvider time)
    {
        _redis = redis;
        _time = time;
        redis.ConnectionRestored += (_, _) => _ = WakeAllTwiceAsync();
    }

    internal int Count
    {
        get
        {
            lock (_lock) return _waiters.Sum(w => w.Value.Count);
        }
    }

    /// <summary>From when the returned task has ended, no write goes unnoticed.</summary>
    internal Task EnterAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        Task subscribed;
        lock (_lock)
        {
            if (!_waiters.TryGetValue(waiter.Name, out var others)) _waiters.Add(waiter.Name, others = []);
            others.Add(waiter);
            if (_subscribed is null or { IsFaulted: true } or { IsCanceled: true }) _subscribed = SubscribeAsync();
            subscribed = _subscribed;
        }

        return subscribed.WaitAsync(cancellationToken);
    }

    internal void Leave(Waiter waiter)
    {
        lock (_lock)
        {
            if (!_waiters.TryGetValue(waiter.Name, out var others)) return;
            others.Remove(waiter);
            if (others.Count == 0) _waiters.Remove(waiter.Name);
        }
    }

    private async Task SubscribeAsync()
    {
        try
        {
            await _redis.GetSubscriber().SubscribeAsync(RedisChannel.Literal(RedisKeys.WakeChannel), (_, message) => Wake((string?)message)).WaitAsync(
                RedisCalls.Timeout, _time);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            throw new RedisUnavailableException($"Redis does not take a subscription: {e.Message}", e);
        }
    }

    // Runs on the client's path: it only sets signals, whose continuations run elsewhere.
    private void Wake(string? name)
    {
        if (name is null) return;
        lock (_lock)
        {
            if (!_waiters.TryGetValue(name, out var waiters)) return;
            foreach (var waiter in waiters) waiter.Wake();
        }
    }

    private async Task WakeAllTwiceAsync()
    {
        WakeAll();
        await Task.Delay(SecondLook, _time, CancellationToken.None);
        WakeAll();
    }

    private void WakeAll()
    {
        lock (_lock)
        {
            foreach (var waiters in _waiters.Values)
                foreach (var waiter in waiters) waiter.Wake();
        }
    }
}

/// <summary>One caller that waits for one webhook key.</summary>
internal sealed class Waiter
{
    private volatile TaskCompletionSource _signal = New();

    internal Waiter(string name) => Name = name;

    /// <summary>As <see cref="RedisKeys.Name"/>.</summary>
    internal string Name { get; }

    /// <summary>Forgets earlier signals. Called before a read: what was signalled before it is in what it reads.</summary>
    internal Task Reset()
    {
        if (_signal.Task.IsCompleted) _signal = New();
        return _signal.Task;
    }

    internal void Wake() => _signal.TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
