using SetGet.Core.Accounts;
using StackExchange.Redis;

namespace SetGet.Tests.Core;

/// <summary>The count of webhook keys that have events. It is one for a server, so that each test has a server to itself.</summary>
public sealed class LiveKeysTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory, OnRedis, OnGarnet]
    public async Task Count_OfKeys_NotOfEvents(string server)
    {
        await using var site = await SiteAsync(server);
        var f = site.Fixture;
        Assert.Equal(0, await site.CountAsync());

        await f.StoreAsync(f.Envelope("1", keys: ["a", "b"]));
        await f.StoreAsync(f.Envelope("2", keys: ["a"]));
        await f.StoreAsync(f.Envelope("late", f.Time.Now - 1000, keys: ["a"]));
        Assert.Equal(2, await site.CountAsync());

        await f.Taker.TakeAsync(f.Account, "a", 2, null, None);
        Assert.Equal(2, await site.CountAsync());
        await f.Taker.TakeAsync(f.Account, "a", 2, null, None);
        Assert.Equal(1, await site.CountAsync());
        await f.Taker.DeleteAsync(f.Account, "b", None);
        Assert.Equal(0, await site.CountAsync());
    }

    [Theory, OnRedis, OnGarnet]
    public async Task Count_LeasedEvents_AreThereUntilTheyAreAcknowledged(string server)
    {
        await using var site = await SiteAsync(server);
        var f = site.Fixture;
        await f.StoreAsync(f.Envelope("1"));
        var taken = await f.Taker.TakeAsync(f.Account, "key", 1, TimeSpan.FromSeconds(30), None);
        Assert.Equal(1, await site.CountAsync());
        Assert.True(await f.Taker.AckAsync(f.Account, "key", taken.LeaseId!, None));
        Assert.Equal(0, await site.CountAsync());
    }

    [Theory, OnRedis, OnGarnet]
    public async Task Count_EventsThatExpire_LeaveWithTheirMinute_OrHour(string server)
    {
        await using var site = await SiteAsync(server);
        var f = site.Fixture;
        f.Time.AdvanceTo(NextHour(f.Time.Now));
        await f.StoreAsync(f.Envelope("short", ttl: 90, keys: ["short"]));
        await f.StoreAsync(f.Envelope("long", ttl: 25 * 3600, keys: ["long"]));
        Assert.Equal(2, await site.CountAsync());
        f.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await site.CountAsync());
        f.Time.Advance(25 * Hour);
        Assert.Equal(0, await site.CountAsync());

        await f.StoreAsync(f.Envelope("again", ttl: 90, keys: ["short"]));
        Assert.Equal(1, await site.CountAsync());
    }

    [Theory, OnRedis, OnGarnet]
    public async Task Count_WhereTheTakerReportsFirst_IsRight(string server)
    {
        await using var site = await SiteAsync(server);
        var f = site.Fixture;
        var taker = new LiveCounts(f.Calls, f.Directory, f.Time);
        var other = f.TakerOver(f.Redis, taker);

        await f.StoreAsync(f.Envelope("1"));
        await other.TakeAsync(f.Account, "key", 1, null, None);
        await taker.ReportAsync(None);
        await f.Live.ReportAsync(None);
        Assert.Equal(0, await taker.CountKeysAsync(None));
    }

    [Theory, OnRedis]
    public async Task Report_ThatWasInterrupted_IsMadeAgain_AndIsRightAtTheLatestWhenItsBucketEnds(string server)
    {
        await using var site = await SiteAsync(server);
        var f = site.Fixture;
        await f.StoreAsync(f.Envelope("1"));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => f.Live.ReportAsync(cancelled.Token));
        await f.Live.ReportAsync(None);
        Assert.InRange(await f.Live.CountKeysAsync(None), 1, 2);
        f.Time.Advance(TimeSpan.FromDays(1) + Hour);
        Assert.Equal(0, await f.Live.CountKeysAsync(None));
    }

    /// <summary>At the turn of an hour every bucket of the past has ended: then the count is exact, whatever was done.</summary>
    [Theory, OnRedis, OnGarnet]
    public async Task Count_AfterAnythingThatCanBeDone_IsThatOfTheKeysWithEvents(string server)
    {
        await using var site = await SiteAsync(server);
        var f = site.Fixture;
        var random = new Random(20_261);
        string[] keys = [.. Enumerable.Range(0, 12).Select(i => $"k{i}")];
        for (var hour = 0; hour < 25; hour++)
        {
            for (var step = 0; step < 12; step++)
            {
                await ChangeAsync(f, random, keys[random.Next(keys.Length)]);
                f.Time.Advance(TimeSpan.FromSeconds(random.Next(200)));
            }

            f.Time.AdvanceTo(NextHour(f.Time.Now));
            var live = 0;
            foreach (var key in keys) live += (await f.AllAsync(key)).Length > 0 ? 1 : 0;
            Assert.Equal(live, await site.CountAsync());
        }
    }

    private static async Task ChangeAsync(StoreFixture f, Random random, string key)
    {
        int[] ttls = [30, 600, 5000, 80_000, 100_000, 200_000];
        switch (random.Next(8))
        {
            case 0:
                await f.Taker.TakeAsync(f.Account, key, 1 + random.Next(3), null, None);
                break;
            case 1:
                var taken = await f.Taker.TakeAsync(f.Account, key, 2, TimeSpan.FromSeconds(20), None);
                if (taken.LeaseId is { } lease && random.Next(2) == 0) await f.Taker.AckAsync(f.Account, key, lease, None);
                break;
            case 2:
                await f.Taker.DeleteAsync(f.Account, key, None);
                break;
            default:
                // Also under several keys, with data that they share: a take of it ends with an acknowledgement.
                var data = new string('1', random.Next(2) == 0 ? 10 : 2000);
                await f.StoreAsync(f.Envelope(data, f.Time.Now - random.Next(2000), ttl: ttls[random.Next(ttls.Length)], keys: [key, "k0"]));
                break;
        }
    }

    private static long NextHour(long now) => ((now / 3_600_000) + 1) * 3_600_000;

    private static async Task<Site> SiteAsync(string kind)
    {
        var server = await StoreServer.StartAsync(kind);
        var redis = await server.ConnectAsync();
        return new Site(server, redis, StoreFixture.Over(redis, maxEvents: 4));
    }

    private sealed record Site(StoreServer Server, ConnectionMultiplexer Redis, StoreFixture Fixture) : IAsyncDisposable
    {
        public async Task<long> CountAsync()
        {
            await Fixture.Live.ReportAsync(None);
            return await Fixture.Live.CountKeysAsync(None);
        }

        public async ValueTask DisposeAsync()
        {
            Redis.Dispose();
            await Server.DisposeAsync();
        }
    }
}
