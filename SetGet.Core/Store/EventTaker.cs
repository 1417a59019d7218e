using SetGet.Core.Accounts;
using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Store;

/// <summary>
/// Takes events off their key, acknowledges and forgets them: what removes or hides. Every method throws <see cref="RedisUnavailableException"/>
/// within about two seconds when Redis does not answer. What is expired is never returned.
/// </summary>
public sealed class EventTaker(RedisCalls redis, LiveCounts live, TimeProvider time)
{
    private static readonly RedisScript TakeScript = RedisScript.Load<EventTaker>("prelude", "take");
    private static readonly RedisScript AckScript = RedisScript.Load<EventTaker>("prelude", "ack");
    private static readonly RedisScript DeleteScript = RedisScript.Load<EventTaker>("prelude", "delete");

    // A take without a lease is one with a lease of its own, which ends when the caller has the events; so long it may need for that.
    private static readonly TimeSpan GuardTime = TimeSpan.FromSeconds(30);

    private readonly RedisCalls _redis = redis;
    private readonly LiveCounts _live = live;
    private readonly TimeProvider _time = time;

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

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

    /// <summary>
    /// Forgets a key and its events where the newest is one of these (<see cref="Guid"/> texts); false, and nothing is done, where it is not.
    /// </summary>
    public Task<bool> DeleteAsync(string account, string key, IEnumerable<string> newestIds, CancellationToken cancellationToken)
    {
        // What is no id is no event's.
        var ids = newestIds.Select(id => (RedisValue)(Guid.TryParseExact(id, "D", out var guid) ? guid : Guid.Empty).ToByteArray(bigEndian: true));
        return ForgetAsync(account, DeleteScript, RedisKeys.Of(account, key), [Now, .. ids], cancellationToken);
    }

    internal async Task<(TakenEvents Taken, long? NextLeaseExpiry)> TakeOrWaitAsync(
        string account, string key, int max, TimeSpan? lease, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        var now = Now;
        var leaseId = Guid.NewGuid().ToString("N");
        RedisValue[] values = [now, max, EventReader.MaxPageBytes, now + (long)(lease ?? GuardTime).TotalMilliseconds];
        var answer = (RedisResult[])(await _redis.ScriptAsync(TakeScript, RedisKeys.Of(account, key, leaseId), values, cancellationToken))!;

        var records = answer.Skip(1).Select(record => EventRecord.Decode((byte[])record!)).ToList();
        var nextLeaseExpiry = RedisData.Read("The end of a lease", answer[0], static end => (long?)(RedisValue)end);
        var events = await SharedData.ResolveAsync(_redis, account, records, cancellationToken);
        if (lease is null && records.Count > 0) await RemoveTakenAsync(account, key, leaseId, cancellationToken);
        return (new TakenEvents(events, lease is not null && records.Count > 0 ? leaseId : null), nextLeaseExpiry);
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

    // The script answers a number, which is 0 when there was nothing to do, where the webhook key is counted, and what it freed.
    private async Task<bool> ForgetAsync(string account, RedisScript script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        var answer = (RedisResult[])(await _redis.ScriptAsync(script, keys, values, cancellationToken))!;
        var freed = new List<LiveChange>();
        if (answer.Length > 2) _live.Moved((long)answer[1], (long)answer[2]);
        LiveCounts.AddFreed(freed, answer, from: 3);
        _live.Count(account, freed);
        return (long)answer[0] > 0;
    }
}
