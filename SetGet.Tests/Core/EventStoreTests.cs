using SetGet.Core.Store;

namespace SetGet.Tests.Core;

/// <summary>The rules of the store, on every server that it supports.</summary>
public sealed class EventStoreTests
{
    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task GetNewest_AfterStore_ReturnsTheDataByteForByte(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var envelope = f.Envelope("""{"a":1.10,"b":"\u00e9",  "c":12345678901234567890}""");

        var result = await f.StoreAsync(envelope);
        var found = await f.Store.GetNewestAsync(f.Account, "key", CancellationToken.None);

        Assert.Equal(StoreOutcome.Stored, result.Outcome);
        Assert.NotNull(found);
        Assert.Equal(envelope.Id, found.Id);
        Assert.Equal("flow", found.FlowId);
        Assert.Equal("application/json", found.ContentType);
        Assert.Equal(envelope.AcceptedAt, found.AcceptedAt.ToUnixTimeMilliseconds());
        Assert.Equal(envelope.AcceptedAt + 86_400_000, found.ExpiresAt.ToUnixTimeMilliseconds());
        Assert.Equal("""{"a":1.10,"b":"\u00e9",  "c":12345678901234567890}""", StoreFixture.Text(found));
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task GetNewest_OfUnknownKey_IsNull(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        Assert.Null(await f.NewestAsync());
        Assert.Empty(await f.AllAsync());
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Store_OfTheSameKeyInTwoAccounts_KeepsThemApart(string server)
    {
        var one = await StoreFixture.CreateAsync(server);
        var two = await StoreFixture.CreateAsync(server);
        await one.StoreAsync(one.Envelope("1"));
        Assert.Null(await two.NewestAsync());
        await two.StoreAsync(two.Envelope("2"));
        Assert.Equal("1", await one.NewestAsync());
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Store_UnderAsManyKeysAsAMessageHolds_IsReadUnderEach(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var keys = Enumerable.Range(0, 100_000).Select(i => $"{i}").ToArray();

        Assert.Equal(StoreOutcome.Stored, (await f.StoreAsync(f.Envelope("1", keys: keys))).Outcome);

        foreach (var some in keys.Chunk(1000))
            Assert.All(await f.Store.GetNewestAsync(f.Account, some, CancellationToken.None), found => Assert.NotNull(found.Value));
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Store_OfAnOlderEvent_DoesNotHideTheNewer(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        await f.StoreAsync(f.Envelope("new", f.Time.Now));
        var late = await f.StoreAsync(f.Envelope("old", f.Time.Now - 1000));

        Assert.True(late.IsLate);
        Assert.Equal("new", await f.NewestAsync());
        Assert.Equal(["old", "new"], await f.AllAsync());
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Store_WithEqualTimes_OrdersById(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        await f.StoreAsync(f.Envelope("b", 0 + f.Time.Now, "80000000-0000-7000-8000-000000000000"));
        await f.StoreAsync(f.Envelope("c", 0 + f.Time.Now, "f0000000-0000-7000-8000-000000000000"));
        await f.StoreAsync(f.Envelope("a", 0 + f.Time.Now, "00000000-0000-7000-8000-0000000000ff"));
        Assert.Equal("c", await f.NewestAsync());
        Assert.Equal(["a", "b", "c"], await f.AllAsync());
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Store_Twice_IsOneEventAlsoAfterTakeDeleteAndTrim(string server)
    {
        var f = await StoreFixture.CreateAsync(server, maxEvents: 2);
        var taken = f.Envelope("taken");
        await f.StoreAsync(taken);
        Assert.Equal(StoreOutcome.Duplicate, (await f.StoreAsync(taken)).Outcome);
        Assert.Single((await f.Taker.TakeAsync(f.Account, "key", 1, null, CancellationToken.None)).Events);
        Assert.Equal(StoreOutcome.Duplicate, (await f.StoreAsync(taken)).Outcome);

        var deleted = f.Envelope("deleted");
        await f.StoreAsync(deleted);
        Assert.True(await f.Taker.DeleteAsync(f.Account, "key", CancellationToken.None));
        Assert.False(await f.Taker.DeleteAsync(f.Account, "key", CancellationToken.None));
        Assert.Equal(StoreOutcome.Duplicate, (await f.StoreAsync(deleted)).Outcome);

        var trimmed = f.Envelope("trimmed");
        foreach (var envelope in new[] { trimmed, f.Envelope("x", f.Time.Now + 1), f.Envelope("y", f.Time.Now + 2) }) await f.StoreAsync(envelope);
        f.Time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(StoreOutcome.Duplicate, (await f.StoreAsync(trimmed)).Outcome);
        Assert.Equal(["x", "y"], await f.AllAsync());
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Store_OfOneEventUnderManyKeys_HoldsLargeDataOnce(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var data = '"' + new string('x', 5000) + '"';
        var envelope = f.Envelope(data, keys: ["a", "b", "c"]);
        await f.StoreAsync(envelope);

        foreach (var key in new[] { "a", "b", "c" })
        {
            Assert.Equal(data, await f.NewestAsync(key));
            Assert.Equal([data], await f.AllAsync(key));
        }

        var record = await f.Redis.GetDatabase().HashGetAsync($"sg:{{{f.Account}/a}}:d", "n");
        Assert.True(((byte[])record!).Length < 100);
        var taken = await f.Taker.TakeAsync(f.Account, "a", 1, null, CancellationToken.None);
        Assert.Equal(data, StoreFixture.Text(Assert.Single(taken.Events)));
        Assert.Null(taken.LeaseId);
        f.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await f.NewestAsync("a"));
        Assert.Equal(data, await f.NewestAsync("b"));
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task GetNewest_AtExpiry_IsGoneToTheMillisecond(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var acceptedAt = f.Time.Now;
        await f.StoreAsync(f.Envelope("long", acceptedAt - 1, ttl: 100));
        await f.StoreAsync(f.Envelope("short", acceptedAt, ttl: 10));

        f.Time.AdvanceTo(acceptedAt + 9_999);
        Assert.Equal("short", await f.NewestAsync());
        Assert.Equal(["long", "short"], await f.AllAsync());
        f.Time.AdvanceTo(acceptedAt + 10_000);
        Assert.Equal("long", await f.NewestAsync());
        Assert.Equal(["long"], await f.AllAsync());
        f.Time.AdvanceTo(acceptedAt + 99_999);
        Assert.Null(await f.NewestAsync());
        Assert.Empty(await f.AllAsync());
        Assert.Empty((await f.Taker.TakeAsync(f.Account, "key", 10, null, CancellationToken.None)).Events);
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Store_OfAnExpiredEvent_DropsIt(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        Assert.Equal(StoreOutcome.Expired, (await f.StoreAsync(f.Envelope("old", f.Time.Now - 5000, ttl: 5))).Outcome);
        Assert.Null(await f.NewestAsync());
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Store_BeyondTheHistory_PushesTheOldestOut(string server)
    {
        var f = await StoreFixture.CreateAsync(server, maxEvents: 3);
        for (var i = 0; i < 10; i++) await f.StoreAsync(f.Envelope($"{i}", f.Time.Now + i));
        Assert.Equal(["7", "8", "9"], await f.AllAsync());
        await f.StoreAsync(f.Envelope("too old", f.Time.Now));
        Assert.Equal(["7", "8", "9"], await f.AllAsync());
        Assert.Equal("9", await f.NewestAsync());
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Store_LeavesNoKeyWithoutExpiry(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var data = '"' + new string('x', 2000) + '"';
        await f.StoreAsync(f.Envelope(data, keys: ["a", "b"], idempotencyKey: "once"));
        await f.StoreAsync(f.Envelope("late", f.Time.Now - 10, keys: ["a"]));
        await f.Taker.TakeAsync(f.Account, "a", 1, TimeSpan.FromSeconds(5), CancellationToken.None);
        await f.Taker.DeleteAsync(f.Account, "b", CancellationToken.None);
        await f.StoreAsync(f.Envelope("again", keys: ["b"]));

        var database = f.Redis.GetDatabase();
        var keys = f.Redis.GetServer(f.Redis.GetEndPoints()[0]).Keys(pattern: $"*{f.Account}*", pageSize: 1000).ToList();
        Assert.True(keys.Count > 8, $"{keys.Count} keys");
        foreach (var key in keys) Assert.True(await database.KeyTimeToLiveAsync(key) is not null, $"{key} stays for ever");
    }
}
