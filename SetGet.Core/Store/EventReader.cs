using SetGet.Core.Accounts;
using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Store;

/// <summary>
/// Reads, takes and forgets the events in Redis. Every method throws <see cref="RedisUnavailableException"/> within about two seconds when
/// Redis does not answer. What is expired is never returned. Layout and reasons: docs/store.md.
/// </summary>
public sealed class EventReader(RedisCalls redis, LiveCounts live, TimeProvider time)
{
    /// <summary>Most data of one page or one take; a single larger event is returned all the same.</summary>
    public const int MaxPageBytes = 4 * 1024 * 1024;

    private const int FewestAtOnce = 8;
    private const int MostAtOnce = 32;
    private const int SmallEvent = 4 * 1024;

    private static readonly string NewestScript = RedisScript.Load<EventReader>("prelude", "newest");
    private static readonly string NewestFullScript = RedisScript.Load<EventReader>("prelude", "newest-full");
    private static readonly string PageScript = RedisScript.Load<EventReader>("prelude", "page");
    private static readonly string PageFullScript = RedisScript.Load<EventReader>("prelude", "full", "page");
    private static readonly string TakeScript = RedisScript.Load<EventReader>("prelude", "take");
    private static readonly string AckScript = RedisScript.Load<EventReader>("prelude", "ack");
    private static readonly string DeleteScript = RedisScript.Load<EventReader>("prelude", "delete");

    // A take without a lease is one with a lease of its own, which ends when the caller has the events; so long it may need for that.
    private static readonly TimeSpan GuardTime = TimeSpan.FromSeconds(30);

    private readonly RedisCalls _redis = redis;
    private readonly LiveCounts _live = live;
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
        var answer = (RedisResult[])(await ReadAsync(PageScript, PageFullScript, RedisKeys.Of(account, key), values, cancellationToken))!;

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
        var onlyLate = records.Count > 0 && lateSequence > 0 && cursor.Id == (after ?? EventCursor.Start).Id;
        var sequence = onlyLate ? lateSequence : Math.Max(cursor.Sequence, (long?)(RedisValue)answer[0] ?? 0);
        return new EventPage(await ResolveAsync(account, records, cancellationToken), cursor with { Sequence = sequence });
    }

    /// <summary>
    /// Removes the oldest events and returns them, at most <paramref name="max"/> and at most 4 MiB of data. No two callers get the same one.
    /// With a lease they are hidden for that long, and come back unless acknowledged.
    /// </summary>
    public async Task<TakenEvents> TakeAsync(string account, string key, int max, TimeSpan? lease, CancellationToken cancellationToken)
        => (await TakeOrWaitAsync(account, key, max, lease, cancellationToken)).Taken;

    /// <summary>Removes a lease's events for good; false when there is no such lease or it has expired.</summary>
    public async Task<bool> AckAsync(string account, string key, string leaseId, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(leaseId, "N", out var lease)) return false;
        var keys = RedisKeys.Of(account, key, lease.ToString("N"));
        return await ForgetAsync(account, AckScript, keys, [Now], cancellationToken);
    }

    /// <summary>Forgets a key and its events; false when there was nothing.</summary>
    public Task<bool> DeleteAsync(string account, string key, CancellationToken cancellationToken)
        => ForgetAsync(account, DeleteScript, RedisKeys.Of(account, key), [Now], cancellationToken);

    /// <summary>Forgets a key and its events where the newest is one of these (<see cref="Guid"/> texts); false, and nothing is done, where it is not.</summary>
    public Task<bool> DeleteAsync(string account, string key, IEnumerable<string> newestIds, CancellationToken cancellationToken)
    {
        // What is no id is no event's.
        var ids = newestIds.Select(id => (RedisValue)(Guid.TryParseExact(id, "D", out var guid) ? guid : Guid.Empty).ToByteArray(bigEndian: true));
        return ForgetAsync(account, DeleteScript, RedisKeys.Of(account, key), [Now, .. ids], cancellationToken);
    }

    /// <summary>The newest event, and when the next lease of the key runs out (epoch milliseconds).</summary>
    internal async Task<(StoredEvent? Event, long? NextLeaseExpiry)> ReadNewestAsync(string account, string key, CancellationToken cancellationToken)
    {
        var values = await _redis.RunAsync(db => db.HashGetAsync(RedisKeys.Records(account, key), ["n", "l"]), cancellationToken);
        if (IsStale(values, out var record))
        {
            var answer = await ReadAsync(NewestScript, NewestFullScript, RedisKeys.Of(account, key), [Now], cancellationToken);
            values = (RedisValue[])answer!;
            record = values[0].IsNull ? null : EventRecord.Decode(values[0]!);
        }

        var nextLeaseExpiry = (long?)values[1];
        if (record is not { } found) return (null, nextLeaseExpiry);
        var events = await ResolveAsync(account, [found], cancellationToken);
        return (events.Count > 0 ? events[0] : null, nextLeaseExpiry);
    }

    internal async Task<(TakenEvents Taken, long? NextLeaseExpiry)> TakeOrWaitAsync(
        string account, string key, int max, TimeSpan? lease, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        var now = Now;
        var leaseId = Guid.NewGuid().ToString("N");
        RedisValue[] values = [now, max, MaxPageBytes, now + (long)(lease ?? GuardTime).TotalMilliseconds];
        var answer = (RedisResult[])(await _redis.ScriptAsync(TakeScript, RedisKeys.Of(account, key, leaseId), values, cancellationToken))!;

        var records = answer.Skip(1).Select(record => EventRecord.Decode((byte[])record!)).ToList();
        var events = await ResolveAsync(account, records, cancellationToken);
        if (lease is null && records.Count > 0) await RemoveTakenAsync(account, key, leaseId, cancellationToken);
        return (new TakenEvents(events, lease is not null && records.Count > 0 ? leaseId : null), (long?)(RedisValue)answer[0]);
    }

    // The caller has the events whatever becomes of this: where Redis does not answer now, they come back, rather than be lost.
    private async Task RemoveTakenAsync(string account, string key, string leaseId, CancellationToken cancellationToken)
    {
        try
        {
            await AckAsync(account, key, leaseId, cancellationToken);
        }
        catch (RedisUnavailableException)
        {
            // Twice is better than never.
        }
    }

    // A script that reads puts right what has run out. Where Redis is full, or a replica, and takes no writes, reading goes on without that.
    private async Task<RedisResult> ReadAsync(string script, string withoutWrites, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
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

    // The script answers a number, which is 0 when there was nothing to do, where the webhook key is counted, and what it freed.
    private async Task<bool> ForgetAsync(string account, string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        var answer = (RedisResult[])(await _redis.ScriptAsync(script, keys, values, cancellationToken))!;
        var freed = new List<LiveChange>();
        if (answer.Length > 2) _live.Moved((long)answer[1], (long)answer[2]);
        LiveCounts.AddFreed(freed, answer, from: 3);
        _live.Count(account, freed);
        return (long)answer[0] > 0;
    }

    // What one plain command reads is right unless something has run out since the last write: then the script puts it right.
    private bool IsStale(RedisValue[] values, out EventRecord? record)
    {
        var now = Now;
        record = values[0].IsNull ? null : EventRecord.Decode(values[0]!);
        return record?.ExpiresAt <= now || (long?)values[1] <= now;
    }

    // Puts the shared data to the records that refer to it. Data that an eviction took is gone, and so is the event.
    private async Task<IReadOnlyList<StoredEvent>> ResolveAsync(string account, IReadOnlyList<EventRecord> records, CancellationToken cancellationToken)
    {
        var reads = new Task<RedisValue>?[records.Count];
        for (var i = 0; i < reads.Length; i++)
        {
            var record = records[i];
            if (record.IsShared) reads[i] = _redis.RunAsync(db => db.StringGetAsync(RedisKeys.SharedData(account, record.Id)), cancellationToken);
        }

        var events = new List<StoredEvent>(records.Count);
        for (var i = 0; i < reads.Length; i++)
        {
            if (reads[i] is not { } read) events.Add(records[i].ToEvent(records[i].Data));
            else if ((byte[]?)await read is { } data) events.Add(records[i].ToEvent(data));
        }

        return events;
    }
}
