using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Accounts;

/// <summary>
/// How much is live: the events and bytes of each account, once under each key, for <see cref="AccountLimits"/>; and the webhook keys of all
/// accounts that have an event. The counts are in other slots than the events, so they follow in the background, and a crash in between leaves
/// them wrong: until the bucket ends, by which all its events have expired, and which is then taken off as a whole.
/// </summary>
public sealed class LiveCounts(RedisCalls redis, AccountDirectory directory, TimeProvider time) : IReported
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private static readonly string Script = RedisScript.Load<LiveCounts>("expire-live", "live");

    private readonly RedisCalls _redis = redis;
    private readonly AccountDirectory _directory = directory;
    private readonly TimeProvider _time = time;
    private readonly Lock _lock = new();
    private Dictionary<long, long> _moves = [];

    /// <summary>
    /// The webhook keys of all accounts that have an event, leased ones too. One whose events expire is counted until the minute is over; until the
    /// hour is over where they lived for more than a day. Throws <see cref="RedisUnavailableException"/>.
    /// </summary>
    public async Task<long> CountKeysAsync(CancellationToken cancellationToken) => Math.Max(0, await AddKeysAsync([], cancellationToken));

    /// <summary>As in prelude.lua.</summary>
    internal static long Bucket(long acceptedAt, long expiresAt)
    {
        var size = expiresAt - acceptedAt > 24 * Hour ? Hour : Minute;
        return (expiresAt + size - 1) / size * size;
    }

    /// <summary>Adds what a script says that it freed, from an index on: bucket and bytes of each event.</summary>
    internal static void AddFreed(List<LiveChange> changes, RedisResult[] answer, int from)
    {
        for (var i = from; i + 1 < answer.Length; i += 2) changes.Add(new LiveChange((long)answer[i], -1, -(long)answer[i + 1]));
    }

    /// <summary>Counts an account's events in the background; never fails.</summary>
    internal void Count(string account, List<LiveChange> changes)
    {
        if (changes.Count == 0) return;
        _directory.Note(account);
        _ = CountAsync(account, changes);
    }

    /// <summary>Notes what a script answered: the bucket that a webhook key left and the one that it came to, 0 for none.</summary>
    internal void Moved(long from, long to)
    {
        if (from == to) return;
        lock (_lock)
        {
            Change(_moves, from, -1);
            Change(_moves, to, 1);
        }
    }

    /// <summary>Reports the webhook keys that moved; what cannot be reported is kept.</summary>
    async Task IReported.ReportAsync(CancellationToken cancellationToken)
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
            await AddKeysAsync(moves, cancellationToken);
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

    private async Task CountAsync(string account, List<LiveChange> changes)
    {
        try
        {
            var sums = changes.GroupBy(c => c.Bucket).Select(b => new LiveChange(b.Key, b.Sum(c => c.Events), b.Sum(c => c.Bytes)));
            await AddAsync(RedisKeys.Live(account), sums, CancellationToken.None);
        }
        catch (RedisUnavailableException)
        {
            // The bucket's end puts it right.
        }
    }

    private Task<long> AddKeysAsync(Dictionary<long, long> moves, CancellationToken cancellationToken)
        => AddAsync(RedisKeys.LiveKeys, moves.Select(m => new LiveChange(m.Key, m.Value, 0)), cancellationToken);

    private async Task<long> AddAsync(RedisKey[] keys, IEnumerable<LiveChange> changes, CancellationToken cancellationToken)
    {
        var values = new List<RedisValue> { _time.GetUtcNow().ToUnixTimeMilliseconds() };
        foreach (var change in changes) values.AddRange([change.Bucket, change.Events, change.Bytes]);
        return (long)await _redis.ScriptAsync(Script, keys, [.. values], cancellationToken);
    }
}

/// <summary>Events that came or left, and their bytes, by the bucket of their expiry.</summary>
internal readonly record struct LiveChange(long Bucket, long Events, long Bytes);
