using System.Diagnostics;
using SetGet.Core.Redis;
using SetGet.Core.Store;

namespace SetGet.Tests.Core;

/// <summary>Reads that wait.</summary>
public sealed class EventWaiterTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);
    private static readonly Predicate<StoredEvent> Any = _ => true;

    [Theory, OnRedis, OnGarnet]
    public async Task Newest_IsWokenByTheWrite(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var waiter = new EventWaiter(f.Store, f.Taker, f.Redis, f.Time);
        Assert.Null(await waiter.NewestAsync(f.Account, "key", Any, TimeSpan.Zero, CancellationToken.None));

        var waiting = waiter.NewestAsync(f.Account, "key", Any, Long, CancellationToken.None);
        await WaitersAsync(waiter, 1);
        Assert.False(waiting.IsCompleted);
        await f.StoreAsync(f.Envelope("1"));
        var first = await waiting;
        Assert.Equal("1", StoreFixture.Text(first!));

        waiting = waiter.NewestAsync(f.Account, "key", found => found.Id != first!.Id, Long, CancellationToken.None);
        await WaitersAsync(waiter, 1);
        await f.StoreAsync(f.Envelope("0", f.Time.Now - 1000));
        await f.StoreAsync(f.Envelope("2", f.Time.Now + 1));
        Assert.Equal("2", StoreFixture.Text((await waiting)!));
        Assert.Equal(0, waiter.Waiting);
    }

    [Theory, OnRedis, OnGarnet]
    public async Task ListAndTake_AreWokenByTheWrite(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var waiter = new EventWaiter(f.Store, f.Taker, f.Redis, f.Time);
        await f.StoreAsync(f.Envelope("1"));
        var seen = await f.ListAsync();
        var list = waiter.ListAsync(f.Account, "key", seen.Next, 10, Long, CancellationToken.None);
        var take = waiter.TakeAsync(f.Account, "other", 10, null, Long, CancellationToken.None);
        await WaitersAsync(waiter, 2);
        await f.StoreAsync(f.Envelope("2", f.Time.Now + 1, keys: ["key", "other"]));
        Assert.Equal("2", StoreFixture.Text(Assert.Single((await list).Events)));
        Assert.Equal("2", StoreFixture.Text(Assert.Single((await take).Events)));
    }

    [Theory, OnRedis, OnGarnet]
    public async Task Take_IsWokenWhenALeaseRunsOut(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var waiter = new EventWaiter(f.Store, f.Taker, f.Redis, f.Time);
        await f.StoreAsync(f.Envelope("1"));
        await f.Taker.TakeAsync(f.Account, "key", 1, TimeSpan.FromMilliseconds(200), CancellationToken.None);
        var waiting = waiter.TakeAsync(f.Account, "key", 1, null, Long, CancellationToken.None);
        await WaitersAsync(waiter, 1);
        f.Time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Single((await waiting).Events);
    }

    [Theory, OnRedis, OnGarnet]
    public async Task Newest_WhenTheTimeIsUp_IsNull(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var waiter = new EventWaiter(f.Store, f.Taker, f.Redis, TimeProvider.System);
        Assert.Null(await waiter.NewestAsync(f.Account, "key", Any, TimeSpan.FromMilliseconds(50), CancellationToken.None));
        Assert.Equal(0, waiter.Waiting);
    }

    [Theory, OnRedis, OnGarnet]
    public async Task Newest_Cancelled_LeavesNoWaiter(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var waiter = new EventWaiter(f.Store, f.Taker, f.Redis, f.Time);
        using var cancel = new CancellationTokenSource();
        var waiting = waiter.NewestAsync(f.Account, "key", Any, Long, cancel.Token);
        await WaitersAsync(waiter, 1);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, waiter.Waiting);
    }

    [Fact, Needs(Needs.RedisServer | Needs.Linux)]
    public async Task TwoThousandWaiters_CostNoCommandsAndAreAllWoken()
    {
        const int Count = 2000;
        var f = await StoreFixture.CreateAsync(StoreServer.Redis);
        await using var own = await StoreServer.StartAsync(StoreServer.Redis);
        using var redis = await own.ConnectAsync();
        var store = f.ReaderOver(redis);
        var waiter = new EventWaiter(store, f.TakerOver(redis), redis, TimeProvider.System);
        var waiting = Enumerable.Range(0, Count).Select(i => waiter.NewestAsync(f.Account, $"k{i}", Any, Long, CancellationToken.None)).ToList();
        await WaitersAsync(waiter, Count);
        // Each reads once, enters, and reads once more: then all wait.
        while (await CommandsAsync(redis) < 2 * Count) await Task.Yield();

        // A rate is commands over time: this is the window in which they are counted.
        var before = await CommandsAsync(redis);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None);
        Assert.InRange(await CommandsAsync(redis) - before, 0, 50);

        foreach (var chunk in Enumerable.Range(0, Count).Chunk(200))
            await f.WriterOver(redis).StoreAsync([.. chunk.Select(i => f.Envelope($"{i}", keys: [$"k{i}"]))], CancellationToken.None);
        var found = await Task.WhenAll(waiting);
        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"{i}"), found.Select(e => StoreFixture.Text(e!)));
    }

    [Fact, Needs(Needs.RedisServer | Needs.Linux)]
    public async Task Newest_WhileRedisRestarts_IsWokenAllTheSame()
    {
        var f = await StoreFixture.CreateAsync(StoreServer.Redis);
        var port = StoreServer.FreePort();
        var first = await StoreServer.StartAsync(StoreServer.Redis, port);
        using var redis = await first.ConnectAsync();
        var store = f.ReaderOver(redis);
        var waiter = new EventWaiter(store, f.TakerOver(redis), redis, TimeProvider.System);
        var waiting = waiter.NewestAsync(f.Account, "key", Any, Long, CancellationToken.None);
        await WaitersAsync(waiter, 1);

        await first.DisposeAsync();
        await Assert.ThrowsAsync<RedisUnavailableException>(() => store.GetNewestAsync(f.Account, "key", CancellationToken.None));
        await using var second = await StoreServer.StartAsync(StoreServer.Redis, port);
        // Written by another process, before this one has its connection back.
        using var other = await second.ConnectAsync();
        Assert.Equal(StoreOutcome.Stored, (await f.WriterOver(other).StoreAsync([f.Envelope("1")], CancellationToken.None))[0].Outcome);
        Assert.Equal("1", StoreFixture.Text((await waiting)!));
    }

    private static async Task<long> CommandsAsync(StackExchange.Redis.IConnectionMultiplexer redis)
    {
        var info = await redis.GetServer(redis.GetEndPoints()[0]).InfoAsync("stats");
        return long.Parse(info.SelectMany(g => g).Single(p => p.Key == "total_commands_processed").Value);
    }

    private static async Task WaitersAsync(EventWaiter waiter, int count)
    {
        var deadline = Stopwatch.StartNew();
        while (waiter.Waiting < count)
        {
            Assert.True(deadline.Elapsed < TimeSpan.FromSeconds(30), $"{waiter.Waiting} of {count} wait");
            await Task.Yield();
        }
    }
}
