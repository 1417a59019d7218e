using SetGet.Core.Events;
using SetGet.Core.Store;
using SetGet.Tests.Core;

namespace SetGet.Tests.Worker;

/// <summary>What was accepted is stored once, whatever crashes when. With redis-server, and every other process too, the campaign tries that.</summary>
public sealed class FaultTests
{
    private static readonly string[] Keys = ["a", "b", "c"];

    [Theory]
    [OnGarnet]
    public async Task Redis_KilledAtRandomInstants_LosesNothingAndBuriesNothing(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        await using var stack = await WorkerStack.StartAsync(isDurable: true, redisKind: server);
        using var enough = new CancellationTokenSource();
        var sending = SendAsync(f, stack, enough.Token);
        for (var i = 0; i < 4; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300 + Random.Shared.Next(1500)), TimeProvider.System, CancellationToken.None);
            await stack.KillRedisAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(500)), TimeProvider.System, CancellationToken.None);
            await stack.StartRedisAsync();
        }

        await enough.CancelAsync();
        var sent = await sending;
        await stack.DrainedAsync();
        var store = await stack.StoreAsync(f);
        foreach (var key in Keys)
            Assert.Equal(
                sent.Where(e => e.Request.WebhookKeys.Contains(key)).Select(e => e.Id).Order(StringComparer.Ordinal),
                (await ListAllAsync(f, store, key)).Order(StringComparer.Ordinal));
        Assert.Equal(0, await stack.DeadLetterCountAsync());
    }

    private static async Task<List<string>> ListAllAsync(StoreFixture f, EventReader store, string key)
    {
        var all = new List<string>();
        for (EventCursor? after = null; ;)
        {
            var page = await store.ListAsync(f.Account, key, after, 1000, CancellationToken.None);
            if (page.Events.Count == 0) return all;
            all.AddRange(page.Events.Select(e => e.Id));
            after = page.Next;
        }
    }

    // Every seventh is sent twice.
    private static async Task<List<Envelope>> SendAsync(StoreFixture f, WorkerStack stack, CancellationToken enough)
    {
        var all = new List<Envelope>();
        for (var first = 0; !enough.IsCancellationRequested; first += 10)
        {
            var envelopes = Enumerable.Range(first, 10).Select(i => f.Envelope($"{i}", f.Time.Now + i, keys: [Keys[i % 2], "c"])).ToList();
            all.AddRange(envelopes);
            await stack.SendAsync([.. envelopes.Concat(envelopes.Where((_, i) => i % 7 == 0)).Select(WorkerStack.Text)]);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        }

        return all;
    }
}
