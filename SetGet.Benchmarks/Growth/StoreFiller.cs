using SetGet.Benchmarks.Set;
using SetGet.Core.Events;

namespace SetGet.Benchmarks.Growth;

/// <summary>Stores many small events, each under a key of its own, without a queue: millions through one would take an hour.</summary>
internal static class StoreFiller
{
    private const int Batch = 250;
    private const int AtOnce = 4;

    internal static async Task FillAsync(RedisNodes redis, long keys, CancellationToken cancellationToken)
    {
        using var store = new EventStore(redis.Address);
        var batches = Enumerable.Range(0, (int)((keys + Batch - 1) / Batch)).Select(batch => (long)batch * Batch);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(batches, parallel, async (from, token) =>
            await store.StoreAsync([.. Enumerable.Range(0, (int)Math.Min(Batch, keys - from)).Select(i => Small(from + i))], token));
    }

    private static Envelope Small(long key) => EventStore.Envelope($"order-{key}", $$"""{"type":"order.created","id":{{key}}}""");
}
