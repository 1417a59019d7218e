using SetGet.Core.Events;
using SetGet.Core.Redis;
using SetGet.Core.Store;
using StackExchange.Redis;

namespace SetGet.Tests.Core;

/// <summary>
/// A server may log the commands of a script one by one, and be killed between two of them (Garnet): then the first writes of a script are there, and the
/// rest is not. Whatever the first part, once the message comes again, or the lease ends, everything is as if nothing had happened.
/// </summary>
public sealed partial class CutScriptTests
{
    private const string Key = "key";

    /// <summary>Ends a script at the write that its last argument numbers.</summary>
    private const string Cut = """
        local reads = {ZSCORE = 1, ZCARD = 1, ZRANGE = 1, ZREVRANGE = 1, ZRANGEBYSCORE = 1, HGET = 1, HMGET = 1, HLEN = 1, GET = 1, PTTL = 1, EXISTS = 1}
        local left = tonumber(ARGV[#ARGV])
        local function cut(name, ...)
          if not reads[name] then
            if left == 0 then error('the server is gone') end
            left = left - 1
          end
          return redis.call(name, ...)
        end

        """;

    [Theory]
    [OnRedis]
    [OnGarnet]
    public Task Store_UnderANewKey_CutAtAnyWrite_IsWholeOnceTheEventComesAgain(string server)
        => AtEveryWriteAsync(server, async (store, cut) =>
        {
            await CutStoreAsync(store, "only", store.Time.Now, cut);
            await store.StoreAsync(Again(store, "only", store.Time.Now));
            await IsWholeAsync(store, "only");
        });

    [Theory]
    [OnRedis]
    [OnGarnet]
    public Task Store_OfANewerEvent_CutAtAnyWrite_IsWholeOnceTheEventComesAgain(string server)
        => AtEveryWriteAsync(server, async (store, cut) =>
        {
            await store.StoreAsync(store.Envelope("first"));
            store.Time.Advance(TimeSpan.FromSeconds(1));
            await CutStoreAsync(store, "second", store.Time.Now, cut);
            Assert.Contains(await store.NewestAsync(), new[] { "first", "second" });
            await store.StoreAsync(Again(store, "second", store.Time.Now));
            await IsWholeAsync(store, "first", "second");
        });

    [Theory]
    [OnRedis]
    [OnGarnet]
    public Task Store_OfALateEvent_CutAtAnyWrite_IsWholeOnceTheEventComesAgain(string server)
        => AtEveryWriteAsync(server, async (store, cut) =>
        {
            var before = store.Time.Now - 5000;
            await store.StoreAsync(store.Envelope("newest"));
            await CutStoreAsync(store, "late", before, cut);
            Assert.Equal("newest", await store.NewestAsync());
            await store.StoreAsync(Again(store, "late", before));
            await IsWholeAsync(store, "late", "newest");
        });

    [Theory]
    [OnRedis]
    [OnGarnet]
    public Task Store_WhileOthersExpire_CutAtAnyWrite_ShowsNothingExpiredAndIsWholeAgain(string server)
        => AtEveryWriteAsync(server, async (store, cut) =>
        {
            await store.StoreAsync(store.Envelope("stays"));
            store.Time.Advance(TimeSpan.FromSeconds(1));
            await store.StoreAsync(store.Envelope("expires", ttl: 60));
            store.Time.Advance(TimeSpan.FromSeconds(100));
            await CutStoreAsync(store, "new", store.Time.Now, cut);
            Assert.Contains(await store.NewestAsync(), new[] { "stays", "new" });
            Assert.DoesNotContain("expires", await store.AllAsync());
            await store.StoreAsync(Again(store, "new", store.Time.Now));
            await IsWholeAsync(store, "stays", "new");
        });

    [Theory]
    [OnRedis]
    [OnGarnet]
    public Task Lease_CutAtAnyWrite_LosesNothing(string server)
        => AtEveryWriteAsync(server, async (store, cut) =>
        {
            await store.StoreAsync(store.Envelope("one"));
            store.Time.Advance(TimeSpan.FromSeconds(1));
            await store.StoreAsync(store.Envelope("two"));
            var lease = Guid.NewGuid().ToString("N");
            await RunAsync(store, RedisScript.Load<EventTaker>("prelude", "take"), cut, lease, store.Time.Now, 10, 1_000_000, store.Time.Now + 30_000);
            store.Time.Advance(TimeSpan.FromSeconds(31));
            Assert.Equal(["one", "two"], (await store.AllAsync()).Order(StringComparer.Ordinal));
            Assert.Equal("two", await store.NewestAsync());
            await IsWholeAsync(store, "one", "two");
        });

    [Theory]
    [OnRedis]
    [OnGarnet]
    public Task EndOfALease_CutAtAnyWrite_LosesNothing(string server)
        => AtEveryWriteAsync(server, async (store, cut) =>
        {
            await store.StoreAsync(store.Envelope("one"));
            store.Time.Advance(TimeSpan.FromSeconds(1));
            await store.StoreAsync(store.Envelope("two"));
            await store.Taker.TakeAsync(store.Account, Key, 10, TimeSpan.FromSeconds(30), CancellationToken.None);
            store.Time.Advance(TimeSpan.FromSeconds(31));
            await RunAsync(store, RedisScript.Load<EventReader>("prelude", "newest"), cut, null, store.Time.Now);
            Assert.Equal("two", await store.NewestAsync());
            await IsWholeAsync(store, "one", "two");
        });

    [Theory]
    [OnRedis]
    [OnGarnet]
    public Task Ack_CutAtAnyWrite_IsDoneOnceItComesAgain(string server)
        => AtEveryWriteAsync(server, async (store, cut) =>
        {
            await store.StoreAsync(store.Envelope("one"));
            store.Time.Advance(TimeSpan.FromSeconds(1));
            await store.StoreAsync(store.Envelope("two"));
            var lease = (await store.Taker.TakeAsync(store.Account, Key, 1, TimeSpan.FromSeconds(30), CancellationToken.None)).LeaseId!;
            var isWhole = await RunAsync(store, RedisScript.Load<EventTaker>("prelude", "ack"), cut, lease, store.Time.Now);
            Assert.True(isWhole || await store.Taker.AckAsync(store.Account, Key, lease, CancellationToken.None) || (await store.AllAsync()) is ["two"]);
            store.Time.Advance(TimeSpan.FromSeconds(31));
            await IsWholeAsync(store, "two");
        });

    /// <summary>Runs a case with a cut before the first write, the second, and so on, until nothing is cut any more.</summary>
    private static async Task AtEveryWriteAsync(string server, Func<StoreFixture, int, Task> run)
    {
        for (var cut = 0; ; cut++)
        {
            var store = await StoreFixture.CreateAsync(server);
            WasCut.Value = new StrongBox { Value = false };
            try
            {
                await run(store, cut);
            }
            catch (Exception e) when (e is not RedisException)
            {
                throw new InvalidOperationException($"Cut at write {cut}: {e.Message}", e);
            }

            if (!WasCut.Value!.Value)
            {
                Assert.True(cut > 1, "No script was cut.");
                return;
            }
        }
    }

    private static readonly AsyncLocal<StrongBox?> WasCut = new();

    private sealed class StrongBox
    {
        public bool Value { get; set; }
    }

    /// <summary>Newest, list, and each taken just once: as of these events and no others, oldest first; none of them comes a second time.</summary>
    private static async Task IsWholeAsync(StoreFixture store, params string[] events)
    {
        Assert.Equal(events[^1], await store.NewestAsync());
        Assert.Equal(events, (await store.AllAsync()).OrderBy(e => Array.IndexOf(events, e)));
        foreach (var data in events.Where(Sent(store).ContainsKey))
            Assert.Equal(StoreOutcome.Duplicate, (await store.StoreAsync(Sent(store)[data])).Outcome);
        var taken = await store.Taker.TakeAsync(store.Account, Key, 100, lease: null, CancellationToken.None);
        Assert.Equal(events, taken.Events.Select(StoreFixture.Text).OrderBy(e => Array.IndexOf(events, e)));
        Assert.Null(await store.NewestAsync());
        foreach (var data in events.Where(Sent(store).ContainsKey))
            Assert.Equal(StoreOutcome.Duplicate, (await store.StoreAsync(Sent(store)[data])).Outcome);
        foreach (var key in RedisKeys.Of(store.Account, Key))
            Assert.True(!await store.Redis.GetDatabase().KeyExistsAsync(key) || await store.Redis.GetDatabase().KeyTimeToLiveAsync(key) is not null, $"{key} stays for ever");
    }

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<StoreFixture, Dictionary<string, Envelope>> SentBefore = [];

    private static Dictionary<string, Envelope> Sent(StoreFixture store) => SentBefore.GetValue(store, _ => new(StringComparer.Ordinal));

    /// <summary>The same message, delivered again.</summary>
    private static Envelope Again(StoreFixture store, string data, long acceptedAt)
    {
        if (!Sent(store).TryGetValue(data, out var envelope)) Sent(store).Add(data, envelope = store.Envelope(data, acceptedAt));
        return envelope;
    }
}
