using SetGet.Core;
using SetGet.Tests.Core;

namespace SetGet.Tests.Worker;

/// <summary>What was accepted is stored once, whatever crashes when.</summary>
public sealed class FaultTests
{
    private const int Events = 400;
    private static readonly string[] Keys = ["a", "b", "c"];

    [NeedsFact(Needs.RedisServer | Needs.Linux)]
    public async Task Worker_KilledAtAnyInstant_LosesNothingAndStoresNothingTwice()
    {
        var f = await StoreFixture.CreateAsync(StoreServer.Redis);
        await using var stack = await WorkerStack.StartAsync();
        var store = await stack.StoreAsync(f);
        using var ended = new CancellationTokenSource();
        var taking = TakeAllAsync(f, store, ended.Token);

        var sending = SendAsync(f, stack);
        for (var i = 0; i < 3; i++)
        {
            await stack.KillWorkerAsync();
            stack.StartWorker();
            await Task.Delay(TimeSpan.FromMilliseconds(500 + Random.Shared.Next(2000)), TimeProvider.System, CancellationToken.None);
        }

        await sending;
        await stack.DrainedAsync();
        await ended.CancelAsync();
        var taken = await taking;
        Assert.Equal(Events, taken.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Events, taken.Count);
        Assert.Equal(0, await stack.DeadLetterCountAsync());
    }

    [NeedsFact(Needs.RedisServer | Needs.Linux)]
    public async Task Redis_StoppedAtAnyInstant_LosesNothingAndBuriesNothing()
    {
        var f = await StoreFixture.CreateAsync(StoreServer.Redis);
        await using var stack = await WorkerStack.StartAsync(isDurable: true);
        var sending = SendAsync(f, stack);
        for (var i = 0; i < 3; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300 + Random.Shared.Next(1500)), TimeProvider.System, CancellationToken.None);
            await stack.KillRedisAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(300 + Random.Shared.Next(1500)), TimeProvider.System, CancellationToken.None);
            await stack.StartRedisAsync();
        }

        var sent = await sending;
        await stack.DrainedAsync();
        var store = await stack.StoreAsync(f);
        foreach (var key in Keys)
        {
            var page = await store.ListAsync(f.Account, key, null, 1000, CancellationToken.None);
            Assert.Equal(sent.Where(e => e.Request.WebhookKeys.Contains(key)).Select(e => e.Id).Order(StringComparer.Ordinal), page.Events.Select(e => e.Id).Order(StringComparer.Ordinal));
        }

        Assert.Equal(0, await stack.DeadLetterCountAsync());
    }

    // Every seventh is sent twice.
    private static async Task<List<Envelope>> SendAsync(StoreFixture f, WorkerStack stack)
    {
        var all = new List<Envelope>();
        foreach (var chunk in Enumerable.Range(0, Events).Chunk(10))
        {
            var envelopes = chunk.Select(i => f.Envelope($"{i}", f.Time.Now + i, keys: [Keys[i % 2], "c"])).ToList();
            all.AddRange(envelopes);
            await stack.SendAsync([.. envelopes.Concat(envelopes.Where((_, i) => i % 7 == 0)).Select(WorkerStack.Text)]);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        }

        return all;
    }

    private static async Task<List<string>> TakeAllAsync(StoreFixture f, EventStore store, CancellationToken ended)
    {
        var taken = new List<string>();
        while (true)
        {
            var isLast = ended.IsCancellationRequested;
            var found = await store.TakeAsync(f.Account, "c", 10, null, CancellationToken.None);
            taken.AddRange(found.Events.Select(e => e.Id));
            if (found.Events.Count > 0) continue;
            if (isLast) return taken;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }
    }
}
