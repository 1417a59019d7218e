using StackExchange.Redis;

namespace SetGet.Core;

/// <summary>
/// How many events and bytes of an account are live, for <see cref="AccountLimits"/>: once under each key. The counts are in another slot than
/// the events, so they follow in the background, and a crash in between leaves them wrong: until the bucket ends, by which all its events
/// have expired, and which is then taken off as a whole.
/// </summary>
internal sealed class LiveCounts
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;

    private readonly RedisCalls _redis;
    private readonly TimeProvider _time;

    internal LiveCounts(RedisCalls redis, TimeProvider time)
    {
        _redis = redis;
        _time = time;
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

    /// <summary>Counts in the background; never fails.</summary>
    internal void Count(string account, List<LiveChange> changes)
    {
        if (changes.Count > 0) _ = CountAsync(account, changes);
    }

    private async Task CountAsync(string account, List<LiveChange> changes)
    {
        var values = new List<RedisValue> { _time.GetUtcNow().ToUnixTimeMilliseconds() };
        foreach (var bucket in changes.GroupBy(c => c.Bucket))
            values.AddRange([bucket.Key, bucket.Sum(c => c.Events), bucket.Sum(c => c.Bytes)]);
        try
        {
            await _redis.ScriptAsync(RedisScript.Live, [StoreKeys.OfAccount(account, "live"), StoreKeys.OfAccount(account, "live:x")], [.. values], CancellationToken.None);
        }
        catch (RedisUnavailableException)
        {
            // The bucket's end puts it right.
        }
    }
}

/// <summary>Events that came or left, and their bytes, by the bucket of their expiry.</summary>
internal readonly record struct LiveChange(long Bucket, long Events, long Bytes);
