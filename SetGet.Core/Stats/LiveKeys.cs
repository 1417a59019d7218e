using StackExchange.Redis;

namespace SetGet.Core.Stats;

/// <summary>
/// How many webhook keys have events that live. Each webhook key notes, with its events, in which bucket it is counted: that of the time when its last
/// event expires. Where a script moves it, this process adds up the moves and reports them once a second, to one count for all accounts.
/// </summary>
/// <remarks>
/// A crash loses at most a second's moves, which leaves the count wrong until the bucket ends: then it is taken off as a whole.
/// </remarks>
public sealed class LiveKeys
{
    // In the slot of the flow's counters: operators read it, no decision depends on it.
    private static readonly RedisKey[] Keys = ["sg:{stats}:keys", "sg:{stats}:keys:x"];

    private readonly RedisCalls _redis;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private Dictionary<long, long> _moves = [];

    public LiveKeys(RedisCalls redis, TimeProvider time)
    {
        _redis = redis;
        _time = time;
    }

    /// <summary>
    /// The webhook keys of all accounts that have an event, leased ones too. One whose events expire is counted until the minute is over; until the
    /// hour is over where they lived for more than a day. Throws <see cref="RedisUnavailableException"/>.
    /// </summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken) => Math.Max(0, await AddAsync([], cancellationToken));

    /// <summary>Notes what a script answered: the bucket that the key left and the one that it came to, 0 for none.</summary>
    internal void Moved(long from, long to)
    {
        if (from == to) return;
        lock (_lock)
        {
            Change(_moves, from, -1);
            Change(_moves, to, 1);
        }
    }

    /// <summary>Reports what was noted since the last time; what cannot be reported is kept. Throws <see cref="RedisUnavailableException"/>.</summary>
    internal async Task ReportAsync(CancellationToken cancellationToken)
    {
        Dictionary<long, long> moves;
        lock (_lock)
        {
            if (_moves.Count == 0) return;
            moves = _moves;
            _moves = [];
        }

        try
        {
            await AddAsync(moves, cancellationToken);
        }
        catch (Exception e) when (e is RedisUnavailableException or OperationCanceledException)
        {
            lock (_lock)
            {
                foreach (var (bucket, change) in moves) Change(_moves, bucket, change);
            }

            throw;
        }
    }

    // A key that came and went within a second is no change.
    private static void Change(Dictionary<long, long> moves, long bucket, long change)
    {
        if (bucket == 0) return;
        var sum = moves.GetValueOrDefault(bucket) + change;
        if (sum == 0) moves.Remove(bucket);
        else moves[bucket] = sum;
    }

    private async Task<long> AddAsync(Dictionary<long, long> moves, CancellationToken cancellationToken)
    {
        var values = new List<RedisValue>(1 + (3 * moves.Count)) { _time.GetUtcNow().ToUnixTimeMilliseconds() };
        foreach (var (bucket, change) in moves) values.AddRange([bucket, change, 0]);
        return (long)await _redis.ScriptAsync(RedisScript.Live, Keys, [.. values], cancellationToken);
    }
}
