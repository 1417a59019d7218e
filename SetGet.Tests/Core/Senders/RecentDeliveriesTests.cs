using Microsoft.Extensions.Options;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Redis;
using SetGet.Core.Senders;
using SetGet.Core.Signing;

namespace SetGet.Tests.Core.Senders;

/// <summary>What is kept of a flow's last deliveries, and what it costs.</summary>
public sealed class RecentDeliveriesTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [OnRedis]
    [OnGarnet]
    public async Task Flood_OfRefusals_KeepsTheLastTwentyAndTheAcceptedOne(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var recent = await ForAsync(f, "flow");
        await recent.NoteAsync(f.Account, "flow", new Delivery(At(f), Delivery.ByGateway, Delivery.Accepted, Id: "first", WebhookKey: "k"), None);
        await recent.NoteAsync(f.Account, "flow", new Delivery(At(f), Delivery.ByGateway, Delivery.Accepted, Id: "second", WebhookKey: "k"), None);
        for (var report = 0; report < 2; report++)
        {
            for (var i = 0; i < 500; i++)
            {
                f.Time.Advance(TimeSpan.FromMilliseconds(1));
                var noted = recent.NoteAsync(f.Account, "flow", Refused(f, $"{report} {i}"), None);
                // Only what is in memory was asked: nobody waits for Redis to note something.
                Assert.True(i == 0 || noted.IsCompleted);
                await noted;
            }

            await ReportAsync(recent);
        }

        var found = await recent.ListAsync(f.Account, "flow", None);
        Assert.Equal(RecentDeliveries.MaxRefused + 1, found.Count);
        Assert.Equal(Enumerable.Range(0, RecentDeliveries.MaxRefused).Select(i => $"1 {499 - i}"), found.Take(RecentDeliveries.MaxRefused).Select(each => each.Detail));
        Assert.Equal(("second", "k", Delivery.ByGateway), (found[^1].Id, found[^1].WebhookKey, found[^1].Way));
        foreach (var key in new[] { RedisKeys.RefusedDeliveries(f.Account, "flow"), RedisKeys.AcceptedDelivery(f.Account, "flow") })
            Assert.InRange((await f.Redis.GetDatabase().KeyTimeToLiveAsync(key))!.Value, TimeSpan.FromDays(6.9), TimeSpan.FromDays(7));
    }

    [Theory]
    [OnRedis]
    [OnGarnet]
    public async Task Report_OfTwoProcesses_IsOneList(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var (one, other) = (await ForAsync(f, "flow"), await ForAsync(f, "flow"));
        await one.NoteAsync(f.Account, "flow", Refused(f, "older"), None);
        f.Time.Advance(TimeSpan.FromMilliseconds(1));
        await other.NoteAsync(f.Account, "flow", Refused(f, "newer"), None);
        await ReportAsync(other);
        await ReportAsync(one);
        Assert.Equal(["newer", "older"], (await one.ListAsync(f.Account, "flow", None)).Select(each => each.Detail));
    }

    [Theory]
    [OnRedis]
    [OnGarnet]
    public async Task Flow_ThatNothingIsSetFor_LeavesNothing(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var recent = await ForAsync(f, "flow");
        await recent.NoteAsync(f.Account, "strangers", Refused(f, "x"), None);
        await ReportAsync(recent);
        Assert.Empty(await recent.ListAsync(f.Account, "strangers", None));
        Assert.False(await f.Redis.GetDatabase().KeyExistsAsync(RedisKeys.RefusedDeliveries(f.Account, "strangers")));
    }

    [Theory]
    [OnRedis]
    [OnGarnet]
    public async Task Detail_ThatIsLong_IsCut(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var recent = await ForAsync(f, "flow");
        await recent.NoteAsync(f.Account, "flow", Refused(f, new string('x', 10_000)), None);
        await ReportAsync(recent);
        Assert.Equal(Delivery.MaxDetailLength + 1, Assert.Single(await recent.ListAsync(f.Account, "flow", None)).Detail!.Length);
    }

    private static Task ReportAsync(RecentDeliveries recent) => ((IReported)recent).ReportAsync(None);

    private static DateTimeOffset At(StoreFixture f) => f.Time.GetUtcNow();

    private static Delivery Refused(StoreFixture f, string detail)
        => new(At(f), Delivery.ByApi, Delivery.Refused, DeadLetterReasons.SignatureInvalid, detail);

    private static async Task<RecentDeliveries> ForAsync(StoreFixture f, string flow)
    {
        var sources = new FlowSources(f.Calls, f.Directory, f.Time);
        await sources.SetAsync(f.Account, flow, new FlowSource { KeyRules = ["{id}"] }.Ready(new InputErrors())!, None);
        return new RecentDeliveries(f.Calls, new FlowDoors(new FlowSecrets(f.Calls, f.Directory, f.Time), sources, Options.Create(new WebhookOptions())));
    }
}
