using SetGet.Core.Store;

namespace SetGet.Tests.Core;

/// <summary>Reading the history page by page, while it changes.</summary>
public sealed class CursorTests
{
    [Theory, OnRedis, OnGarnet]
    public async Task List_PageByPage_ReturnsAllInOrder(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        for (var i = 0; i < 25; i++) await f.StoreAsync(f.Envelope($"{i}", f.Time.Now - 100 + (i / 5)));
        Assert.Equal(await f.AllAsync(), (await ReadAllAsync(f, null, 4)).Events);
        Assert.Equal(25, (await ReadAllAsync(f, null, 4)).Events.Length);
    }

    [Theory, OnRedis, OnGarnet]
    public async Task List_AfterALateArrival_ReturnsItToReadersThatWerePast(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        await f.StoreAsync(f.Envelope("a", f.Time.Now - 100));
        await f.StoreAsync(f.Envelope("c", f.Time.Now - 50));
        var page = await f.ListAsync();
        Assert.Equal(2, page.Events.Count);

        await f.StoreAsync(f.Envelope("b", f.Time.Now - 75));
        await f.StoreAsync(f.Envelope("d", f.Time.Now - 10));
        Assert.Equal(["b", "d"], (await ReadAllAsync(f, page.Next, 1)).Events);
        Assert.Equal(["b", "d"], (await ReadAllAsync(f, page.Next, 10)).Events);
        Assert.Equal(["a", "b", "c", "d"], await f.AllAsync());
    }

    [Theory, OnRedis, OnGarnet]
    public async Task List_AfterTheKeyWasEmptied_StillReturnsWhatArrivesLate(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        await f.StoreAsync(f.Envelope("b", f.Time.Now));
        var page = await f.ListAsync();
        await f.Taker.DeleteAsync(f.Account, "key", CancellationToken.None);
        Assert.Empty((await f.ListAsync(page.Next)).Events);

        await f.StoreAsync(f.Envelope("a", f.Time.Now - 100));
        Assert.Equal(["a"], (await ReadAllAsync(f, page.Next, 10)).Events);
    }

    [Theory, OnRedis, OnGarnet]
    public async Task List_WithACursorWhoseEventExpired_GoesOnBehindIt(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        await f.StoreAsync(f.Envelope("short", f.Time.Now, ttl: 5));
        var page = await f.ListAsync();
        f.Time.Advance(TimeSpan.FromSeconds(6));
        await f.StoreAsync(f.Envelope("next"));
        Assert.Equal(["next"], (await ReadAllAsync(f, page.Next, 10)).Events);
    }

    [Theory, OnRedis, OnGarnet]
    public async Task List_OfALeasedEvent_ReturnsItWhenItIsBack(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        await f.StoreAsync(f.Envelope("leased", f.Time.Now - 1));
        await f.Taker.TakeAsync(f.Account, "key", 1, TimeSpan.FromSeconds(5), CancellationToken.None);
        await f.StoreAsync(f.Envelope("other"));
        var page = await f.ListAsync();
        Assert.Equal("other", StoreFixture.Text(Assert.Single(page.Events)));
        f.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["leased"], (await ReadAllAsync(f, page.Next, 10)).Events);
    }

    [Theory, OnRedis, OnGarnet]
    public async Task List_OfLargeEvents_EndsThePageAtFourMebibytes(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var large = '"' + new string('x', 1_000_000) + '"';
        for (var i = 0; i < 6; i++) await f.StoreAsync(f.Envelope(large, f.Time.Now + i, keys: ["key", "other"]));
        var page = await f.ListAsync();
        Assert.Equal(4, page.Events.Count);
        Assert.Equal(2, (await f.ListAsync(page.Next)).Events.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    public void TryParse_OfWhatIsNoCursor_IsFalse(string text) => Assert.False(EventCursor.TryParse(text, out _));

    [Fact]
    public void TryParse_OfToString_IsTheSame()
    {
        var cursor = new EventCursor(1_763_740_000_123, Guid.NewGuid(), 1_763_740_000_999);
        Assert.True(EventCursor.TryParse(cursor.ToString(), out var parsed));
        Assert.Equal(cursor, parsed);
    }

    private static async Task<(string[] Events, EventCursor Next)> ReadAllAsync(StoreFixture f, EventCursor? after, int limit)
    {
        var all = new List<string>();
        var cursor = after;
        while (true)
        {
            var page = await f.ListAsync(cursor, limit);
            cursor = page.Next;
            if (page.Events.Count == 0) return ([.. all], page.Next);
            all.AddRange(page.Events.Select(StoreFixture.Text));
            Assert.True(page.Events.Count <= limit);
        }
    }
}
