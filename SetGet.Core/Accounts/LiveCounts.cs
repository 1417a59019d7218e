using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Accounts;

/// <summary>
/// How much is live: the events and bytes of each account, once under each key, for <see cref="AccountLimits"/>; and the webhook keys of all
/// accounts that have an event. The counts are in other slots than the events. They gather here and are reported once a second; a crash in between leaves
/// them wrong until the bucket ends, by which all its events have expired, and which is then taken off as a whole.
/// </summary>
public sealed class LiveCounts(RedisCalls redis, AccountDirectory directory, TimeProvider time) : IReported
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;

    // Where the webhook keys are counted; no account can be called that.
    private const string Keys = "";

    private static readonly RedisScript Script = RedisScript.Load<LiveCounts>("expire-live", "live");

    private readonly RedisCalls _redis = redis;
    private readonly AccountDirectory _directory = directory;
    private readonly TimeProvider _time = time;
    private readonly Lock _lock = new();
    private Dictionary<(string Account, long Bucket), LiveSum> _pending = [];

    /// <summary>
    /// The webhook keys of all accounts that have an event, leased ones too. One whose events expire is counted until the minute is over; until the
    /// hour is over where they lived for more than a day. Throws <see cref="RedisUnavailableException"/>.
    /// </summary>
    public async Task<long> CountKeysAsync(CancellationToken cancellationToken) => Math.Max(0, await AddAsync(Keys, [], cancellationToken));

    /// <summary>Reports what has gathered. What cannot be reported is kept. Throws <see cref="RedisUnavailableException"/>.</summary>
    public async Task ReportAsync(CancellationToken cancellationToken)
    {
        Dictionary<(string Account, long Bucket), LiveSum> taken;
        lock (_lock)
        {
            if (_pending.Count == 0) return;
            taken = _pending;
            _pending = [];
        }

        await Task.WhenAll(taken.GroupBy(p => p.Key.Account, StringComparer.Ordinal).Select(sums => ReportAsync(sums.Key, [.. sums], cancellationToken)));
    }

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

    /// <summary>Notes events of an account that came or left.</summary>
    internal void Count(string account, List<LiveChange> changes)
    {
        if (changes.Count == 0) return;
        _directory.Note(account);
        lock (_lock)
        {
            foreach (var change in changes) Add((account, change.Bucket), new LiveSum(change.Events, change.Bytes));
        }
    }

    /// <summary>Notes what a script answered: the bucket that a webhook key left and the one that it came to, 0 for none.</summary>
    internal void Moved(long from, long to)
    {
        if (from == to) return;
        lock (_lock)
        {
            if (from != 0) Add((Keys, from), new LiveSum(-1, 0));
            if (to != 0) Add((Keys, to), new LiveSum(1, 0));
        }
    }

    // What came and went within a second is no change.
    private void Add((string Account, long Bucket) at, LiveSum change)
    {
        var sum = _pending.GetValueOrDefault(at) + change;
        if (sum == default) _pending.Remove(at);
        else _pending[at] = sum;
    }

    private async Task ReportAsync(string account, KeyValuePair<(string Account, long Bucket), LiveSum>[] sums, CancellationToken cancellationToken)
    {
        try
        {
            await AddAsync(account, sums, cancellationToken);
        }
        catch (Exception e) when (e is RedisUnavailableException or OperationCanceledException)
        {
            lock (_lock)
            {
                foreach (var (at, sum) in sums) Add(at, sum);
            }

            throw;
        }
    }

    private async Task<long> AddAsync(string account, KeyValuePair<(string Account, long Bucket), LiveSum>[] sums, CancellationToken cancellationToken)
    {
        var values = new List<RedisValue>(1 + (3 * sums.Length)) { _time.GetUtcNow().ToUnixTimeMilliseconds() };
        foreach (var (at, sum) in sums) values.AddRange([at.Bucket, sum.Events, sum.Bytes]);
        var keys = account == Keys ? RedisKeys.LiveKeys : RedisKeys.Live(account);
        return (long)await _redis.ScriptAsync(Script, keys, [.. values], cancellationToken);
    }

    private readonly record struct LiveSum(long Events, long Bytes)
    {
        public static LiveSum operator +(LiveSum one, LiveSum other) => new(one.Events + other.Events, one.Bytes + other.Bytes);
    }
}

/// <summary>Events that came or left, and their bytes, by the bucket of their expiry.</summary>
internal readonly record struct LiveChange(long Bucket, long Events, long Bytes);
