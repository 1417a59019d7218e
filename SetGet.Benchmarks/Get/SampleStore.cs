using SetGet.Benchmarks.Set;

namespace SetGet.Benchmarks.Get;

/// <summary>Puts the samples into Redis: as the worker would, and as plain values under the same keys.</summary>
internal static class SampleStore
{
    internal const string Account = EventStore.Account;

    internal static async Task FillAsync(string redisAddress, CancellationToken cancellationToken)
    {
        using var store = new EventStore(redisAddress);
        foreach (var sample in StoredSample.All)
        {
            await store.Redis.StringSetAsync(sample.WebhookKey, sample.Data);
            await store.StoreAsync([EventStore.Envelope(sample.WebhookKey, sample.Data)], cancellationToken);
        }
    }
}
