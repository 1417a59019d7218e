using System.Collections.Concurrent;
using SetGet.Core.Store;

namespace SetGet.Tests.Core;

/// <summary>Taking, leases and acknowledgements.</summary>
public sealed class TakeTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Take_ReturnsTheOldestAndRemovesThem(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        for (var i = 0; i < 5; i++) await f.StoreAsync(f.Envelope($"{i}", f.Time.Now - 10 + i));

        Assert.Equal(["0", "1"], await TakeAsync(f, 2));
        Assert.Equal(["2", "3", "4"], await f.AllAsync());
        Assert.Equal(["2", "3", "4"], await TakeAsync(f, 100));
        Assert.Null(await f.NewestAsync());
        Assert.Empty(await TakeAsync(f, 1));
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Lease_HidesUntilItEndsAndThenGivesBack(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        await f.StoreAsync(f.Envelope("old", f.Time.Now - 1));
        await f.StoreAsync(f.Envelope("new", f.Time.Now));

        var taken = await f.Taker.TakeAsync(f.Account, "key", 2, Lease, CancellationToken.None);
        Assert.NotNull(taken.LeaseId);
        Assert.Equal(2, taken.Events.Count);
        Assert.Null(await f.NewestAsync());
        Assert.Empty(await TakeAsync(f, 1));

        f.Time.Advance(Lease - TimeSpan.FromMilliseconds(1));
        Assert.Null(await f.NewestAsync());
        f.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("new", await f.NewestAsync());
        Assert.Equal(["old", "new"], await f.AllAsync());
        Assert.False(await f.Taker.AckAsync(f.Account, "key", taken.LeaseId, CancellationToken.None));
        Assert.Equal(["old", "new"], await TakeAsync(f, 2));
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Ack_WithinTheLease_RemovesForGood(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var first = f.Envelope("first", f.Time.Now - 1);
        await f.StoreAsync(first);
        await f.StoreAsync(f.Envelope("second"));

        var taken = await f.Taker.TakeAsync(f.Account, "key", 1, Lease, CancellationToken.None);
        Assert.True(await f.Taker.AckAsync(f.Account, "key", taken.LeaseId!, CancellationToken.None));
        Assert.False(await f.Taker.AckAsync(f.Account, "key", taken.LeaseId!, CancellationToken.None));
        Assert.False(await f.Taker.AckAsync(f.Account, "key", "no such lease", CancellationToken.None));
        f.Time.Advance(Lease * 2);
        Assert.Equal(["second"], await f.AllAsync());
        Assert.Equal(StoreOutcome.Duplicate, (await f.StoreAsync(first)).Outcome);
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Lease_OfAnEventThatExpires_DoesNotGiveItBack(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        await f.StoreAsync(f.Envelope("short", ttl: 10));
        var taken = await f.Taker.TakeAsync(f.Account, "key", 1, Lease, CancellationToken.None);
        Assert.Single(taken.Events);
        f.Time.Advance(Lease);
        Assert.Empty(await f.AllAsync());
        Assert.Null(await f.NewestAsync());
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Delete_ForgetsLeasedEventsToo(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        await f.StoreAsync(f.Envelope("leased"));
        await f.Taker.TakeAsync(f.Account, "key", 1, Lease, CancellationToken.None);
        Assert.True(await f.Taker.DeleteAsync(f.Account, "key", CancellationToken.None));
        f.Time.Advance(Lease);
        Assert.Empty(await f.AllAsync());
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Take_ByTwentyCallersAtOnce_GivesEachEventExactlyOnce(string server)
    {
        const int Count = 5000;
        var f = await StoreFixture.CreateAsync(server, maxEvents: 10_000);
        await StoreManyAsync(f, Count);
        var taken = new ConcurrentBag<string>();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async n =>
        {
            while (await TakeAsync(f, 1 + (n % 7)) is { Length: > 0 } events)
            {
                foreach (var one in events) taken.Add(one);
            }
        }));

        Assert.Equal(Count, taken.Count);
        Assert.Equal(Count, taken.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Lease_ByCallersOfWhomSomeDie_GivesEachEventAtLeastOnce(string server)
    {
        const int Count = 500;
        var f = await StoreFixture.CreateAsync(server);
        await StoreManyAsync(f, Count);
        var acknowledged = new ConcurrentBag<string>();
        var deaths = 0;

        while (acknowledged.Count < Count)
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(async n =>
            {
                var taken = await f.Taker.TakeAsync(f.Account, "key", 20, Lease, CancellationToken.None);
                if (n % 3 == 0 && taken.Events.Count > 0 && Interlocked.Increment(ref deaths) <= 10) return;
                if (taken.LeaseId is null || !await f.Taker.AckAsync(f.Account, "key", taken.LeaseId, CancellationToken.None)) return;
                foreach (var one in taken.Events) acknowledged.Add(StoreFixture.Text(one));
            }));
            f.Time.Advance(Lease);
        }

        Assert.True(deaths > 0);
        Assert.Equal(Count, acknowledged.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(await f.AllAsync());
    }

    private static async Task<string[]> TakeAsync(StoreFixture f, int max)
        => [.. (await f.Taker.TakeAsync(f.Account, "key", max, null, CancellationToken.None)).Events.Select(StoreFixture.Text)];

    private static async Task StoreManyAsync(StoreFixture f, int count)
    {
        foreach (var chunk in Enumerable.Range(0, count).Chunk(100))
            await f.Writer.StoreAsync([.. chunk.Select(i => f.Envelope($"{i}", f.Time.Now - count + i))], CancellationToken.None);
    }
}
