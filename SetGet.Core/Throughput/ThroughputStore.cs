using System.Globalization;
using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Throughput;

/// <summary>What flowed, second by second, over all processes.</summary>
/// <param name="LastSecond">The last second of the series, in epoch seconds.</param>
/// <param name="Counts">Per counter (index: <see cref="ThroughputCounter"/>) a number for each second, oldest first.</param>
/// <param name="Wait">How long messages had waited for a worker; null where none was received lately.</param>
public sealed record ThroughputSeries(long LastSecond, IReadOnlyList<long[]> Counts, ThroughputWait? Wait)
{
    /// <summary>The numbers of one counter, oldest first.</summary>
    public long[] this[ThroughputCounter counter] => Counts[(int)counter];
}

/// <summary>The longest wait of the messages that workers received last.</summary>
/// <param name="Milliseconds">From SQS's <c>SentTimestamp</c> to the receive call's answer.</param>
/// <param name="SecondsAgo">When that was.</param>
public readonly record struct ThroughputWait(long Milliseconds, long SecondsAgo);

/// <summary>
/// The counters of all processes in Redis: one hash per minute, <c>sg:{:stats}:MINUTE</c>, with a field per second and counter
/// (<c>07s</c>: stored in the minute's seventh second). It is gone 20 minutes later.
/// </summary>
public sealed class ThroughputStore(RedisCalls redis, TimeProvider time)
{
    /// <summary>Longest series that can be read.</summary>
    public const int MaxSeconds = 900;

    /// <summary>Processes report a second when it is over: the last two are not yet complete.</summary>
    internal const int IncompleteSeconds = 2;

    private static readonly RedisScript AddScript = RedisScript.Load<ThroughputStore>("throughput-add");

    private const int KeepSeconds = 20 * 60;
    private const int WaitSeconds = 10;
    private const string Letters = "axsrd";

    private readonly RedisCalls _redis = redis;
    private readonly TimeProvider _time = time;

    /// <summary>The last complete seconds. Throws <see cref="RedisUnavailableException"/>.</summary>
    /// <param name="seconds">1 to <see cref="MaxSeconds"/>.</param>
    public async Task<ThroughputSeries> ReadAsync(int seconds, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seconds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seconds, MaxSeconds);
        var last = _time.GetUtcNow().ToUnixTimeSeconds() - IncompleteSeconds;
        var first = last - seconds + 1;
        var minutes = Enumerable.Range(0, (int)(last / 60 - first / 60) + 1).Select(i => first / 60 + i).ToArray();
        var hashes = await _redis.RunAsync(db => Task.WhenAll(minutes.Select(minute => db.HashGetAllAsync(RedisKeys.Throughput(minute)))), cancellationToken);

        var counts = Enumerable.Range(0, ThroughputCounters.CounterCount).Select(_ => new long[seconds]).ToArray();
        var waits = new Dictionary<long, long>();
        for (var i = 0; i < minutes.Length; i++)
            foreach (var entry in hashes[i]) RedisData.Read("A count of a second", entry, each => Place(each, minutes[i] * 60, first, counts, waits));
        return new ThroughputSeries(last, counts, Latest(waits, last));
    }

    internal Task AddAsync(long second, ThroughputDelta delta, CancellationToken cancellationToken)
    {
        RedisValue wait = delta.LongestWaitMs is { } milliseconds ? milliseconds : "";
        var values = new List<RedisValue> { (second % 60).ToString("00", CultureInfo.InvariantCulture), KeepSeconds, wait };
        for (var i = 0; i < delta.Counts.Length; i++)
        {
            if (delta.Counts[i] == 0) continue;
            values.Add(Letters.Substring(i, 1));
            values.Add(delta.Counts[i]);
        }

        return _redis.ScriptAsync(AddScript, [RedisKeys.Throughput(second / 60)], [.. values], cancellationToken);
    }

    private static bool Place(HashEntry entry, long minuteStart, long first, long[][] counts, Dictionary<long, long> waits)
    {
        var field = (string?)entry.Name ?? "";
        var second = minuteStart + int.Parse(field.AsSpan(0, 2), CultureInfo.InvariantCulture);
        if (field[2] == 'w') waits[second] = (long)entry.Value;
        var counter = Letters.IndexOf(field[2], StringComparison.Ordinal);
        var index = second - first;
        if (counter < 0 || index < 0 || index >= counts[counter].Length) return false;
        counts[counter][index] = (long)entry.Value;
        return true;
    }

    /// <summary>The longest of the last ten seconds; where nothing was received in them, that of the last second in which something was.</summary>
    private static ThroughputWait? Latest(Dictionary<long, long> waits, long last)
    {
        if (waits.Count == 0) return null;
        var newest = waits.Keys.Max();
        var from = Math.Min(newest, last - WaitSeconds + 1);
        return new ThroughputWait(waits.Where(wait => wait.Key >= from).Max(wait => wait.Value), Math.Max(0, last - newest));
    }
}
