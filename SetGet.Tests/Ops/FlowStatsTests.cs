using Microsoft.Extensions.Logging.Abstractions;
using SetGet.Core;
using SetGet.Core.Stats;
using SetGet.Tests.Core;
using StackExchange.Redis;

namespace SetGet.Tests.Ops;

public sealed class FlowStatsTests
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
        var store = new FlowStore(new RedisCalls(redis), time);

        one.Stats.Add(FlowCounter.Stored, 3);
        other.Stats.Add(FlowCounter.Stored, 4);
        other.Stats.Add(FlowCounter.Accepted);
        await ReportAsync(time, one, other);
        one.Stats.Add(FlowCounter.Stored, 5);
        one.Stats.Add(FlowCounter.DeadLettered, 2);
        await ReportAsync(time, one, other);
        time.Advance(TimeSpan.FromSeconds(1));

        var series = await store.ReadAsync(4, None);
        Assert.Equal([0, 0, 7, 5], series[FlowCounter.Stored]);
        Assert.Equal([0, 0, 1, 0], series[FlowCounter.Accepted]);
        Assert.Equal([0, 0, 0, 2], series[FlowCounter.DeadLettered]);
        Assert.Equal([0, 0, 0, 0], series[FlowCounter.Read]);
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
            one.Stats.Add(FlowCounter.Read, i);
            await ReportAsync(time, one);
        }

        time.Advance(TimeSpan.FromSeconds(1));
        var series = await new FlowStore(new RedisCalls(redis), time).ReadAsync(130, None);
        Assert.Equal(Enumerable.Range(1, 130).Select(i => (long)i), series[FlowCounter.Read]);
    }

    [Theory]
    [OnRedis]
    [OnGarnet]
    public async Task Wait_TheLongestOfTheLastSeconds_AndWhenItWas(string server)
    {
        var time = NewTime();
        var redis = await StoreServers.ConnectAsync(server);
        var (one, other) = (new Reporter(redis, time), new Reporter(redis, time));
        var store = new FlowStore(new RedisCalls(redis), time);
        Assert.Null((await store.ReadAsync(60, None)).Wait);

        one.Stats.Waited(TimeSpan.FromMilliseconds(800));
        one.Stats.Waited(TimeSpan.FromMilliseconds(20));
        other.Stats.Waited(TimeSpan.FromMilliseconds(300));
        await ReportAsync(time, one, other);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new FlowWait(800, 0), (await store.ReadAsync(60, None)).Wait);

        time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(new FlowWait(800, 40), (await store.ReadAsync(60, None)).Wait);
    }

    [Theory]
    [OnRedis]
    [OnGarnet]
    public async Task Counters_ThatWereReported_AreForgottenInTime(string server)
    {
        var time = NewTime();
        var redis = await StoreServers.ConnectAsync(server);
        var one = new Reporter(redis, time);
        one.Stats.Add(FlowCounter.Read);
        await ReportAsync(time, one);
        var minute = (time.GetUtcNow().ToUnixTimeSeconds() - 1) / 60;
        var left = await redis.GetDatabase().KeyTimeToLiveAsync($"sg:{{stats}}:{minute}");
        Assert.InRange(left!.Value, TimeSpan.FromSeconds(FlowStore.MaxSeconds), TimeSpan.FromMinutes(20));
    }

    [Fact]
    public async Task Add_FromManyThreads_LosesNothing()
    {
        var stats = new FlowStats();
        await Parallel.ForAsync(0, 8, async (_, _) =>
        {
            for (var i = 0; i < 10_000; i++) stats.Add(FlowCounter.Stored);
            await Task.Yield();
        });
        Assert.Equal(80_000, stats.TakeDelta().Counts[(int)FlowCounter.Stored]);
        Assert.True(stats.TakeDelta().IsEmpty);
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
        foreach (var account in accounts.Reverse().Append("a-" + prefix)) reporter.Accounts.See(account);
        await reporter.Publisher.ReportAsync(None);

        var directory = new AccountDirectory(new RedisCalls(redis));
        var first = await directory.ListAsync(prefix, null, 4, None);
        var second = await directory.ListAsync(prefix, first.Next, 4, None);
        Assert.Equal(accounts.Order(StringComparer.Ordinal), first.Accounts.Concat(second.Accounts));
        Assert.Equal(4, first.Accounts.Count);
        Assert.Null(second.Next);
        Assert.Contains("a-" + prefix, (await directory.ListAsync("a-" + prefix, null, 10, None)).Accounts);
    }

    [NeedsFact(Needs.RedisServer)]
    public async Task Report_RedisIsGone_KeepsAccountsAndDropsCounts()
    {
        var time = NewTime();
        var server = await StoreServer.StartAsync(StoreServer.Redis);
        using var redis = await server.ConnectAsync();
        var reporter = new Reporter(redis, time);
        reporter.Stats.Add(FlowCounter.Stored);
        reporter.Accounts.See("kept");
        var port = server.Port;
        await server.DisposeAsync();
        await reporter.Publisher.ReportAsync(None);
        Assert.True(reporter.Stats.TakeDelta().IsEmpty);

        await using var again = await StoreServer.StartAsync(StoreServer.Redis, port);
        using var fresh = await again.ConnectAsync();
        var directory = new AccountDirectory(new RedisCalls(fresh));
        await new FlowStatsPublisher(
            reporter.Stats, new FlowStore(new RedisCalls(fresh), time), new LiveKeys(new RedisCalls(fresh), time), reporter.Accounts, directory, time, NullLogger<FlowStatsPublisher>.Instance).ReportAsync(None);
        Assert.Equal(["kept"], (await directory.ListAsync("", null, 10, None)).Accounts);
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
        foreach (var reporter in reporters) await reporter.Publisher.ReportAsync(None);
    }

    /// <summary>What one process has.</summary>
    private sealed class Reporter
    {
        public Reporter(ConnectionMultiplexer redis, TimeProvider time)
        {
            var calls = new RedisCalls(redis);
            Publisher = new FlowStatsPublisher(
                Stats, new FlowStore(calls, time), new LiveKeys(calls, time), Accounts, new AccountDirectory(calls), time, NullLogger<FlowStatsPublisher>.Instance);
        }

        public FlowStats Stats { get; } = new();

        public AccountIndex Accounts { get; } = new();

        public FlowStatsPublisher Publisher { get; }
    }
}
