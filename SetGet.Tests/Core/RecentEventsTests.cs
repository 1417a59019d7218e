using SetGet.Core.Accounts;
using SetGet.Core.Redis;

namespace SetGet.Tests.Core;

/// <summary>What is kept of an account's last events, on every server that plays Redis.</summary>
public sealed class RecentEventsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnRedis, OnGarnet]
    public async Task Flood_KeepsTheLastFifty_ForADay(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var recent = new RecentEvents(f.Calls);
        for (var report = 0; report < 2; report++)
        {
            for (var i = 0; i < 2 * RecentEvents.MaxEvents; i++) recent.Note(f.Account, After(f));
            await ReportAsync(recent);
        }

        var last = After(f);
        recent.Note(f.Account, last);
        await ReportAsync(recent);
        await ReportAsync(recent);
        var found = await recent.ListAsync(f.Account, None);
        Assert.Equal(RecentEvents.MaxEvents, found.Count);
        Assert.Equal(last, found[0]);
        // One after the other, without a gap.
        Assert.All(found.Zip(found.Skip(1)), pair => Assert.Equal(TimeSpan.FromMilliseconds(1), pair.First.AcceptedAt - pair.Second.AcceptedAt));
        Assert.InRange((await f.Redis.GetDatabase().KeyTimeToLiveAsync(RedisKeys.RecentEvents(f.Account)))!.Value, TimeSpan.FromDays(0.9), TimeSpan.FromDays(1));
    }

    [Theory, OnRedis, OnGarnet]
    public async Task Report_OfTwoProcesses_IsOneList_OfEachAccount(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var (one, other) = (new RecentEvents(f.Calls), new RecentEvents(f.Calls));
        var (older, newer) = (After(f), After(f));
        one.Note(f.Account, older);
        other.Note(f.Account, newer);
        other.Note(f.Account + "x", newer);
        await ReportAsync(other);
        await ReportAsync(one);
        Assert.Equal([newer, older], await one.ListAsync(f.Account, None));
        Assert.Equal([newer], await one.ListAsync(f.Account + "x", None));
        Assert.Empty(await one.ListAsync(f.Account + "y", None));
    }

    [Theory, OnRedis, OnGarnet]
    public async Task Accounts_OfWhichThereAreTooManyWithinASecond_AreNotNoted(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var recent = new RecentEvents(f.Calls);
        for (var i = 0; i <= RecentEvents.MaxAccounts; i++) recent.Note($"{f.Account}-{i}", After(f));
        await ReportAsync(recent);
        Assert.Single(await recent.ListAsync($"{f.Account}-{RecentEvents.MaxAccounts - 1}", None));
        Assert.Empty(await recent.ListAsync($"{f.Account}-{RecentEvents.MaxAccounts}", None));
    }

    private static Task ReportAsync(RecentEvents recent) => ((IReported)recent).ReportAsync(None);

    /// <summary>An event of a millisecond later.</summary>
    private static RecentEvent After(StoreFixture f)
    {
        f.Time.Advance(TimeSpan.FromMilliseconds(1));
        return new RecentEvent(Guid.CreateVersion7(f.Time.GetUtcNow()).ToString(), "orders", "k", 2, f.Time.GetUtcNow(), "stored");
    }
}
