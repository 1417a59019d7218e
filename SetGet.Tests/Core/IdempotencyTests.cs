using SetGet.Core.Events;
using SetGet.Core.Redis;
using SetGet.Core.Store;

namespace SetGet.Tests.Core;

/// <summary>One idempotency key is one event, whatever happens in between.</summary>
public sealed class IdempotencyTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Key_SentAgainUnderOtherWebhookKeys_IsOneEventUnderAll(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var first = f.Envelope("same", idempotencyKey: "once", keys: ["a"]);
        await f.StoreAsync(first);
        f.Time.Advance(TimeSpan.FromSeconds(1));
        var second = f.Envelope("same", idempotencyKey: "once", ttl: 60, keys: ["b"]);
        var claim = await ClaimAsync(f, second);
        Assert.False(claim.IsConflict);
        Assert.False(claim.IsStored);
        Assert.Equal(first.Id, claim.Id);

        Assert.Equal(StoreOutcome.Stored, (await f.StoreAsync(second)).Outcome);
        Assert.True((await ClaimAsync(f, second)).IsStored);
        Assert.Equal(first.Id, (await f.Store.GetNewestAsync(f.Account, "b", None))!.Id);
        Assert.Equal("same", await f.NewestAsync("a"));
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task SharedData_OfAShorterTtl_IsKeptForTheLonger(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var data = new string('1', 2000);
        await f.StoreAsync(f.Envelope(data, idempotencyKey: "once", ttl: 50_000, keys: ["a", "b"]));
        await f.StoreAsync(f.Envelope(data, idempotencyKey: "once", ttl: 10, keys: ["c", "d"]));
        var shared = RedisKeys.SharedData(f.Account, Guid.Parse((await f.Store.GetNewestAsync(f.Account, "a", None))!.Id));
        Assert.InRange((await f.Redis.GetDatabase().KeyTimeToLiveAsync(shared))!.Value.TotalSeconds, 40_000, 51_000);
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Key_WithAnotherBody_IsAConflict(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        await f.StoreAsync(f.Envelope("one", idempotencyKey: "once"));
        Assert.True((await ClaimAsync(f, f.Envelope("other", idempotencyKey: "once"))).IsConflict);
        Assert.False((await ClaimAsync(f, f.Envelope("one", idempotencyKey: "once", ttl: 5))).IsConflict);
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Claim_ThatLedToNothing_IsReleased(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var refused = f.Envelope("refused", idempotencyKey: "once");
        await ClaimAsync(f, refused);
        await f.Idempotency.ReleaseAsync(refused.Request, "once", refused.Id, None);
        var other = f.Envelope("other body", f.Time.Now + 5, idempotencyKey: "once");
        Assert.Equal(new IdempotencyClaim(other.Id, other.AcceptedAt, IsStored: false, IsConflict: false), await ClaimAsync(f, other));

        // What somebody else claimed, or what is stored, stays.
        await f.Idempotency.ReleaseAsync(refused.Request, "once", refused.Id, None);
        await f.StoreAsync(other);
        await f.Idempotency.ReleaseAsync(other.Request, "once", other.Id, None);
        Assert.True((await ClaimAsync(f, other)).IsStored);
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Claim_WhoseEventWouldHaveExpired_IsMadeAnew(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var first = f.Envelope("same", idempotencyKey: "once", ttl: 8);
        await ClaimAsync(f, first);
        f.Time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(first.Id, (await ClaimAsync(f, f.Envelope("same", idempotencyKey: "once", ttl: 8))).Id);
        f.Time.Advance(TimeSpan.FromSeconds(1));
        var second = f.Envelope("same", idempotencyKey: "once", ttl: 8);
        Assert.Equal(new IdempotencyClaim(second.Id, second.AcceptedAt, IsStored: false, IsConflict: false), await ClaimAsync(f, second));
        Assert.Equal(StoreOutcome.Stored, (await f.StoreAsync(second)).Outcome);
        Assert.Equal("same", await f.NewestAsync());
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task Claim_OfAnEarlierVersion_IsBelieved(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var key = RedisKeys.Claim(f.Account, "flow", "once");
        await f.Redis.GetDatabase().HashSetAsync(key, [new("id", "019a1b2c-3d4e-7f50-8a1b-2c3d4e5f6a7b"), new("at", f.Time.Now), new("hash", "of all of it"), new("stored", "1")]);
        var claim = await ClaimAsync(f, f.Envelope("same", idempotencyKey: "once"));
        Assert.Equal(new IdempotencyClaim("019a1b2c-3d4e-7f50-8a1b-2c3d4e5f6a7b", f.Time.Now, IsStored: true, IsConflict: false), claim);
    }

    private static Task<IdempotencyClaim> ClaimAsync(StoreFixture f, Envelope envelope)
        => f.Idempotency.ClaimAsync(envelope.Request, envelope.Head.IdempotencyKey!, envelope.Id, envelope.AcceptedAt, renewsExpired: true, None);
}
