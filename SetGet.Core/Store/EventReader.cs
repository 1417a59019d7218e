using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Store;

/// <summary>
/// Reads the events in Redis. Every method throws <see cref="RedisUnavailableException"/> within about two seconds when
/// Redis does not answer. What is expired is never returned. Layout and reasons: docs/store.md.
/// </summary>
public sealed class EventReader(RedisCalls redis, TimeProvider time)
{
    /// <summary>Most data of one page or one take; a single larger event is returned all the same.</summary>
    public const int MaxPageBytes = 4 * 1024 * 1024;

    private const int FewestAtOnce = 8;
    private const int MostAtOnce = 32;
    private const int SmallEvent = 4 * 1024;

    private static readonly RedisScript NewestScript = RedisScript.Load<EventReader>("prelude", "newest");
    private static readonly RedisScript NewestFullScript = RedisScript.Load<EventReader>("prelude", "newest-full");
    private static readonly RedisScript PageScript = RedisScript.Load<EventReader>("prelude", "page");
    private static readonly RedisScript PageFullScript = RedisScript.Load<EventReader>("prelude", "full", "page");

    // The newest record, and the end of the next lease.
    private static readonly RedisValue[] NewestFields = ["n", "l"];

    private readonly RedisCalls _redis = redis;
    private readonly TimeProvider _time = time;

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The newest event of a key, or null. One round trip, two where the data is shared among keys.</summary>
    public async Task<StoredEvent?> GetNewestAsync(string account, string key, CancellationToken cancellationToken)
        => (await ReadNewestAsync(account, key, cancellationToken)).Event;

    /// <summary>
    /// The newest event of each key, null where there is none; pipelined. At most 4 MiB of data, but at least one event: of the keys that came too
    /// late for that there is no entry.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, StoredEvent?>> GetNewestAsync(string account, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, StoredEvent?>(StringComparer.Ordinal);
        var (bytes, atOnce) = (0L, FewestAtOnce);
        var left = new Queue<string>(keys.Distinct(StringComparer.Ordinal));
        while (left.Count > 0 && bytes < MaxPageBytes)
        {
            // Started together, they go to Redis together: the client writes commands one after the other and does not wait between them.
            var some = Enumerable.Range(0, Math.Min(atOnce, left.Count)).Select(_ => left.Dequeue()).ToArray();
            var read = await Task.WhenAll(some.Select(key => GetNewestAsync(account, key, cancellationToken)));
            for (var i = 0; i < some.Length; i++) found.Add(some[i], read[i]);
            var size = read.Sum(each => (long?)each?.Data.Length) ?? 0;
            bytes += size;
            // Small ones are read many at once; large ones few, because all that is read is in memory before it is known how much it is.
            atOnce = size > FewestAtOnce * SmallEvent ? FewestAtOnce : MostAtOnce;
        }

        return found;
    }

    /// <summary>The events after a cursor (null: from the oldest), at most <paramref name="limit"/> and at most 4 MiB of data, but at least one.</summary>
    public async Task<EventPage> ListAsync(string account, string key, EventCursor? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var cursor = after ?? EventCursor.Start;
        RedisValue[] values =
            [Now, cursor.AcceptedAt, cursor.Id.ToByteArray(bigEndian: true), cursor.Sequence, limit, MaxPageBytes];
        var answer = await ReadAsync(PageScript, PageFullScript, RedisKeys.Of(account, key), values, cancellationToken);

        var (records, next) = RedisData.Read("A page of events", (cursor, answer), static page => ReadPage(page.cursor, (RedisResult[])page.answer!));
        return new EventPage(await SharedData.ResolveAsync(_redis, account, records, cancellationToken), next);
    }

    private static (List<EventRecord> Records, EventCursor Next) ReadPage(EventCursor after, RedisResult[] answer)
    {
        var cursor = after;
        var records = new List<EventRecord>(answer.Length / 2);
        long lateSequence = 0;
        for (var i = 1; i + 1 < answer.Length; i += 2)
        {
            var record = EventRecord.Decode((byte[])answer[i]!);
            records.Add(record);
            var late = (string?)answer[i + 1];
            if (!string.IsNullOrEmpty(late)) lateSequence = long.Parse(late);
            else cursor = cursor with { AcceptedAt = record.AcceptedAt, Id = record.Id };
        }

        // A page that is full of late events may have left some: they come next.
        var onlyLate = records.Count > 0 && lateSequence > 0 && cursor.Id == after.Id;
        return (records, cursor with { Sequence = onlyLate ? lateSequence : Math.Max(cursor.Sequence, (long?)(RedisValue)answer[0] ?? 0) });
    }

    /// <summary>The newest event, and when the next lease of the key runs out (epoch milliseconds).</summary>
    internal async Task<(StoredEvent? Event, long? NextLeaseExpiry)> ReadNewestAsync(string account, string key, CancellationToken cancellationToken)
    {
        var values = await _redis.RunAsync(db => db.HashGetAsync(RedisKeys.Records(account, key), NewestFields), cancellationToken);
        if (values.Length != NewestFields.Length) throw new RedisUnavailableException("Redis answers something else than it was asked for.");
        if (IsStale(values, out var record))
        {
            var answer = await ReadAsync(NewestScript, NewestFullScript, RedisKeys.Of(account, key), [Now], cancellationToken);
            values = (RedisValue[])answer!;
            record = values[0].IsNull ? null : EventRecord.Decode(values[0]!);
        }

        var nextLeaseExpiry = LeaseExpiry(values);
        if (record is not { } found) return (null, nextLeaseExpiry);
        var events = await SharedData.ResolveAsync(_redis, account, [found], cancellationToken);
        return (events.Count > 0 ? events[0] : null, nextLeaseExpiry);
    }

    // A script that reads puts right what has run out. Where Redis is full, or a replica, and takes no writes, reading goes on without that.
    private async Task<RedisResult> ReadAsync(
        RedisScript script, RedisScript withoutWrites, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        try
        {
            return await _redis.ScriptAsync(script, keys, values, cancellationToken);
        }
        catch (RedisUnavailableException e) when (e.TakesNoWrites)
        {
            return await _redis.ScriptAsync(withoutWrites, keys, values, cancellationToken);
        }
    }

    // What one plain command reads is right unless something has run out since the last write: then the script puts it right.
    private bool IsStale(RedisValue[] values, out EventRecord? record)
    {
        var now = Now;
        record = values[0].IsNull ? null : EventRecord.Decode(values[0]!);
        return record?.ExpiresAt <= now || LeaseExpiry(values) <= now;
    }

    private static long? LeaseExpiry(RedisValue[] values) => RedisData.Read("The end of a lease", values, static each => (long?)each[1]);
}
