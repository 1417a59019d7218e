using Microsoft.Extensions.Options;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Store;

/// <summary>Stores batches of envelopes in Redis: each step is pipelined over the whole batch, and a fault is one envelope's own.</summary>
public sealed class EventWriter(RedisCalls redis, EventIdentity identity, LiveCounts live, IOptions<HistoryOptions> history, TimeProvider time)
{
    private static readonly RedisScript Script = RedisScript.Load<EventWriter>("prelude", "store");

    // Shared data outlives its references a little, so that no clock's error leaves a reference without data.
    private static readonly TimeSpan SharedDataGrace = TimeSpan.FromMinutes(5);

    // Redis works through these well within the time limit of a call, however many keys an event has; others get their turn in between.
    private const int KeysAtOnce = 500;

    private readonly RedisCalls _redis = redis;
    private readonly EventIdentity _identity = identity;
    private readonly LiveCounts _live = live;
    private readonly HistoryOptions _history = history.Value;
    private readonly TimeProvider _time = time;

    /// <summary>
    /// Stores a batch in one pipelined round trip (one more when an event's data is shared among keys, and two when one carries an
    /// idempotency key). Results are in the order of the batch; a fault that may pass is one envelope's <see cref="StoreOutcome.Failed"/>,
    /// never an exception.
    /// </summary>
    public async Task<IReadOnlyList<StoreResult>> StoreAsync(IReadOnlyList<Envelope> batch, CancellationToken cancellationToken)
    {
        var items = new StoreItem[batch.Count];
        for (var i = 0; i < items.Length; i++) items[i] = new StoreItem(batch[i]);
        var roundTrips = await ForEachAsync(items, _ => true, _identity.ResolveAsync, cancellationToken);
        roundTrips += await ForEachAsync(items, i => i.Result is null && i.IsShared, ShareDataAsync, cancellationToken);
        roundTrips += await ForEachAsync(items, i => i.Result is null, WriteAsync, cancellationToken);
        foreach (var item in items) _live.Count(item.Request.AccountId, item.Changes);
        roundTrips += await ForEachAsync(items, NeedsMark, _identity.MarkStoredAsync, cancellationToken);
        StoreMetrics.Stored(roundTrips);
        return Array.ConvertAll(items, i => i.Result!.Value);
    }

    private static bool NeedsMark(StoreItem item)
        => item.Envelope.Head.IdempotencyKey is not null && item.Result?.Outcome is StoreOutcome.Stored or StoreOutcome.Duplicate;

    // Starts the step of every item before it awaits the first, so that all go out together. Answers 1 where somebody had to wait, else 0.
    private static async Task<int> ForEachAsync(
        StoreItem[] items, Predicate<StoreItem> isFor, Func<StoreItem, CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        var running = Array.ConvertAll(items, i => isFor(i) ? step(i, cancellationToken) : Task.CompletedTask);
        var roundTrips = Array.TrueForAll(running, t => t.IsCompleted) ? 0 : 1;
        for (var i = 0; i < items.Length; i++)
        {
            try
            {
                await running[i];
            }
            catch (RedisUnavailableException e)
            {
                items[i].Result = new StoreResult(StoreOutcome.Failed, Fault: e);
            }
        }

        return roundTrips;
    }

    // Before the references, and awaited: in a cluster the two are on different nodes, and no reader may find a reference without data.
    private Task ShareDataAsync(StoreItem item, CancellationToken cancellationToken)
    {
        var life = TimeSpan.FromMilliseconds(item.ExpiresAt - Now) + SharedDataGrace;
        var key = RedisKeys.SharedData(item.Request.AccountId, item.Id);
        // The same event may be there already, under other keys and with another TTL: the longest counts.
        return _redis.RunAsync(
            async db =>
            {
                var written = db.StringSetAsync(key, ToValue(item.Data), life, When.NotExists);
                var extended = db.KeyExpireAsync(key, life, ExpireWhen.GreaterThanCurrentExpiry);
                return await written | await extended;
            },
            cancellationToken);
    }

    private async Task WriteAsync(StoreItem item, CancellationToken cancellationToken)
    {
        using var span = StoreSpans.StartWrite(item.Envelope);
        var record = item.Encode();
        long highest = 0;
        for (var from = 0; from < item.Request.WebhookKeys.Count; from += KeysAtOnce)
            highest = Math.Max(highest, await StoreSpans.FailingAsync(span, WriteAsync(item, record, from, cancellationToken)));
        item.Result = new StoreResult(highest == 0 ? StoreOutcome.Duplicate : StoreOutcome.Stored, IsLate: highest == 2);
    }

    // Under the keys from this one on. Answers the highest of the script's outcomes.
    private async Task<long> WriteAsync(StoreItem item, byte[] record, int from, CancellationToken cancellationToken)
    {
        var now = Now;
        var keys = item.Request.WebhookKeys;
        var writes = new Task<RedisResult>[Math.Min(KeysAtOnce, keys.Count - from)];
        for (var i = 0; i < writes.Length; i++)
        {
            var arguments = item.Arguments(keys[from + i], now, _history.MaxEventsPerKey, record);
            writes[i] = _redis.ScriptAsync(Script, RedisKeys.Of(item.Request.AccountId, keys[from + i]), arguments, cancellationToken);
        }

        long highest = 0;
        foreach (var answer in await Task.WhenAll(writes))
        {
            var parts = (RedisResult[])answer!;
            var outcome = (long)parts[0];
            highest = Math.Max(highest, outcome);
            if (outcome > 0) item.Changes.Add(new LiveChange(LiveCounts.Bucket(item.AcceptedAt, item.ExpiresAt), 1, item.Data.Length));
            if (parts.Length > 2) _live.Moved((long)parts[1], (long)parts[2]);
            LiveCounts.AddFreed(item.Changes, parts, from: 3);
        }

        return highest;
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    // The client wants an array; the data is a slice of the message.
    private static RedisValue ToValue(ReadOnlyMemory<byte> data) => data.ToArray();
}
