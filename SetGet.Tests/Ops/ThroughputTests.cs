using Microsoft.Extensions.DependencyInjection;
using SetGet.Api.Telemetry;
using SetGet.Core.Accounts;
using SetGet.Core.Redis;
using SetGet.Core.Throughput;
using SetGet.Tests.Core;
using StackExchange.Redis;

namespace SetGet.Tests.Ops;

public sealed class ThroughputTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [OnRedis]
    [OnGarnet]
    public async Task Series_TwoProcesses_AreSummedSecondBySecond(string server)
    {
        var time = NewTime();
        var redis = await StoreServers.ConnectAsync(server);
        var (one, other) = (new Reporter(redis, time), new Reporter(redis, time));
        var store = new ThroughputStore(new RedisCalls(redis), time);

        one.Count(ThroughputCounter.Stored, 3);
        other.Count(ThroughputCounter.Stored, 4);
        other.Count(ThroughputCounter.Accepted);
        await ReportAsync(time, one, other);
        one.Count(ThroughputCounter.Stored, 5);
        one.Count(ThroughputCounter.DeadLettered, 2);
        await ReportAsync(time, one, other);
        time.Advance(TimeSpan.FromSeconds(1));

        var series = await store.ReadAsync(4, None);
        Assert.Equal([0, 0, 7, 5], series[ThroughputCounter.Stored]);
        Assert.Equal([0, 0, 1, 0], series[ThroughputCounter.Accepted]);
        Assert.Equal([0, 0, 0, 2], series[ThroughputCounter.DeadLettered]);
        Assert.Equal([0, 0, 0, 0], series[ThroughputCounter.Read]);
    }

    [Theory]
    [OnRedis]
    [OnGarnet]
    public async Task Series_OverTheTurnOfMinutes_HasNoGap(string server)
    {
        var time = NewTime();
        var redis = await StoreServers.ConnectAsync(server);
        var one = new Reporter(redis, time);
        for (var i = 1; i <= 130; i++)
        {
            one.Count(ThroughputCounter.Read, i);
            await ReportAsync(time, one);
        }

        time.Advance(TimeSpan.FromSeconds(1));
        var series = await new ThroughputStore(new RedisCalls(redis), time).ReadAsync(130, None);
        Assert.Equal(Enumerable.Range(1, 130).Select(i => (long)i), series[ThroughputCounter.Read]);
    }

    [Theory]
    [OnRedis]
    [OnGarnet]
    public async Task Wait_TheLongestOfTheLastSeconds_AndWhenItWas(string server)
    {
        var time = NewTime();
        var redis = await StoreServers.ConnectAsync(server);
        var (one, other) = (new Reporter(redis, time), new Reporter(redis, time));
        var store = new ThroughputStore(new RedisCalls(redis), time);
        Assert.Null((await store.ReadAsync(60, None)).Wait);

        one.Waited(TimeSpan.FromMilliseconds(800));
        one.Waited(TimeSpan.FromMilliseconds(20));
        other.Waited(TimeSpan.FromMilliseconds(300));
        await ReportAsync(time, one, other);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new ThroughputWait(800, 0), (await store.ReadAsync(60, None)).Wait);

        time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(new ThroughputWait(800, 40), (await store.ReadAsync(60, None)).Wait);
    }

    [Theory]
    [OnRedis]
    [OnGarnet]
    public async Task Counters_ThatWereReported_AreForgottenInTime(string server)
    {
        var time = NewTime();
        var redis = await StoreServers.ConnectAsync(server);
        var one = new Reporter(redis, time);
        one.Count(ThroughputCounter.Read);
        await ReportAsync(time, one);
        var minute = (time.GetUtcNow().ToUnixTimeSeconds() - 1) / 60;
        var left = await redis.GetDatabase().KeyTimeToLiveAsync(RedisKeys.Throughput(minute));
        Assert.InRange(left!.Value, TimeSpan.FromSeconds(ThroughputStore.MaxSeconds), TimeSpan.FromMinutes(20));
    }

    [Fact]
    public async Task Count_FromManyThreads_LosesNothing()
    {
        var reporter = new Reporter(null, NewTime());
        await Parallel.ForAsync(0, 8, async (_, _) =>
        {
            for (var i = 0; i < 10_000; i++) reporter.Count(ThroughputCounter.Stored);
            await Task.Yield();
        });
        Assert.Equal(80_000, reporter.Counters.TakeDelta().Counts[(int)ThroughputCounter.Stored]);
        Assert.True(reporter.Counters.TakeDelta().IsEmpty);
    }

    [Fact]
    public void Count_OfAReadThatFoundNothing_IsNone()
    {
        var reporter = new Reporter(null, NewTime());
        var metrics = new ApiMetrics(reporter.Meters);
        metrics.Read(found: false, 3);
        Assert.True(reporter.Counters.TakeDelta().IsEmpty);
        metrics.Read(found: true, 2);
        metrics.Taken(5, leased: true);
        Assert.Equal(7, reporter.Counters.TakeDelta().Counts[(int)ThroughputCounter.Read]);
    }

    [Theory]
    [OnRedis]
    [OnGarnet]
    public async Task Directory_Prefix_PagesInOrder(string server)
    {
        var redis = await StoreServers.ConnectAsync(server);
        var reporter = new Reporter(redis, NewTime());
        var prefix = "d" + Guid.NewGuid().ToString("N")[..8];
        string[] accounts = [prefix, prefix + "-a", prefix + "-b", prefix + ".c", prefix + "Z", prefix + "z"];
        foreach (var account in accounts.Reverse().Append("a-" + prefix)) reporter.Directory.Note(account);
        await reporter.ReportAsync();

        var directory = new AccountDirectory(new RedisCalls(redis));
        var first = await directory.ListAsync(prefix, null, 4, None);
        var second = await directory.ListAsync(prefix, first.Next, 4, None);
        Assert.Equal(accounts.Order(StringComparer.Ordinal), first.Accounts.Concat(second.Accounts));
        Assert.Equal(4, first.Accounts.Count);
        Assert.Null(second.Next);
        Assert.Contains("a-" + prefix, (await directory.ListAsync("a-" + prefix, null, 10, None)).Accounts);
    }

    [Fact, Needs(Needs.RedisServer)]
    public async Task Report_RedisIsGone_KeepsAccountsAndDropsCounts()
    {
        var time = NewTime();
        var server = await StoreServer.StartAsync(StoreServer.Redis);
        using var redis = await server.ConnectAsync();
        var reporter = new Reporter(redis, time);
        reporter.Count(ThroughputCounter.Stored);
        reporter.Directory.Note("kept");
        var port = server.Port;
        await server.DisposeAsync();
        await reporter.ReportAsync();
        Assert.True(reporter.Counters.TakeDelta().IsEmpty);

        await using var again = await StoreServer.StartAsync(StoreServer.Redis, port);
        // The connection comes back by itself.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (!redis.IsConnected) { limit.Token.ThrowIfCancellationRequested(); await Task.Yield(); }
        await reporter.ReportAsync();
        Assert.Equal(["kept"], (await reporter.Directory.ListAsync("", null, 10, None)).Accounts);
    }

    /// <summary>A second that no other test uses: the counters of a server are one for all.</summary>
    private static ManualTime NewTime()
    {
        var time = new ManualTime();
        time.Advance(TimeSpan.FromDays(Random.Shared.Next(1, 10_000)));
        return time;
    }

    /// <summary>Turns the clock past the second, and lets the processes report it.</summary>
    private static async Task ReportAsync(ManualTime time, params Reporter[] reporters)
    {
        time.Advance(TimeSpan.FromSeconds(1));
        foreach (var reporter in reporters) await reporter.ReportAsync();
    }
}
