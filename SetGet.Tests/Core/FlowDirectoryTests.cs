using SetGet.Core.Accounts;
using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Tests.Core;

/// <summary>Which flows events came for, on every server that plays Redis.</summary>
public sealed class FlowDirectoryTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnRedis, OnGarnet]
    public async Task Flows_AreListed_TheLastUsedFirst(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var (directory, other) = (new FlowDirectory(f.Calls, f.Time), new FlowDirectory(f.Calls, f.Time));
        Assert.Empty(await directory.ListAsync(f.Account, None));
        directory.Note(f.Account, "orders");
        directory.Note(f.Account, "invoices");
        await ReportAsync(directory);
        f.Time.Advance(TimeSpan.FromHours(2));
        other.Note(f.Account, "orders");
        other.Note(f.Account + "x", "others");
        await ReportAsync(other);
        await ReportAsync(other);

        var seen = await directory.ListAsync(f.Account, None);
        Assert.Equal(["orders", "invoices"], seen.Select(flow => flow.FlowId));
        Assert.Equal(TimeSpan.FromHours(2), seen[0].LastEventAt - seen[1].LastEventAt);
        Assert.InRange(f.Time.GetUtcNow() - seen[0].LastEventAt, TimeSpan.Zero, TimeSpan.FromHours(1));
    }

    [Theory, OnRedis, OnGarnet]
    public async Task Flows_OfWhichThereAreTooMany_AreThoseThatWereUsedLast(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var directory = new FlowDirectory(f.Calls, f.Time);
        for (var i = 0; i < FlowDirectory.MaxFlows; i++) directory.Note(f.Account, $"old-{i}");
        await ReportAsync(directory);
        f.Time.Advance(TimeSpan.FromHours(1));
        directory.Note(f.Account, "new");
        await ReportAsync(directory);
        var seen = await directory.ListAsync(f.Account, None);
        Assert.Equal(FlowDirectory.MaxFlows, seen.Count);
        Assert.Equal("new", seen[0].FlowId);
    }

    [Fact, Needs(Needs.RedisServer)]
    public async Task Flows_WhileRedisIsAway_AreNotedWithTheNextEvent()
    {
        var server = await StoreServer.StartAsync(StoreServer.Redis);
        using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        var f = StoreFixture.Over(redis);
        var directory = new FlowDirectory(f.Calls, f.Time);
        directory.Note(f.Account, "orders");
        await server.DisposeAsync();
        await Assert.ThrowsAsync<RedisUnavailableException>(() => ReportAsync(directory));

        await using var again = await StoreServer.StartAsync(StoreServer.Redis, server.Port);
        await UntilItIsReportedAsync(directory, f.Account);
        Assert.Equal("orders", Assert.Single(await directory.ListAsync(f.Account, None)).FlowId);
    }

    private static Task ReportAsync(FlowDirectory directory) => ((IReported)directory).ReportAsync(None);

    private static async Task UntilItIsReportedAsync(FlowDirectory directory, string account)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync())
        {
            directory.Note(account, "orders");
            try
            {
                await ReportAsync(directory);
                return;
            }
            catch (RedisUnavailableException)
            {
                // The client connects anew, in its own time.
            }
        }
    }
}
