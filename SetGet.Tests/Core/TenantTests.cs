using Microsoft.Extensions.Options;
using SetGet.Core.Accounts;
using SetGet.Core.Store;

namespace SetGet.Tests.Core;

/// <summary>API keys, secrets, limits and idempotency keys.</summary>
public sealed class TenantTests
{
    [Theory, OnRedis, OnGarnet]
    public async Task ApiKey_IsValidUntilRevokedOrExpired(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var keys = new ApiKeyStore(f.Calls, f.Directory, f.Time);
        var elsewhere = new ApiKeyStore(f.Calls, f.Directory, f.Time);
        var (key, secret) = await keys.CreateAsync(f.Account, "KP", ApiKeyRoles.Get | ApiKeyRoles.Set, f.Time.GetUtcNow().AddHours(1), CancellationToken.None);
        var (short_, shortSecret) = await keys.CreateAsync(f.Account, "short", ApiKeyRoles.Get, f.Time.GetUtcNow().AddMinutes(1), CancellationToken.None);

        Assert.StartsWith("sg_" + key.Id + "_", secret, StringComparison.Ordinal);
        Assert.Equal(key, await elsewhere.ValidateAsync(secret, CancellationToken.None));
        Assert.Equal([key.Id, short_.Id], (await keys.ListAsync(f.Account, CancellationToken.None)).Select(k => k.Id).Order(StringComparer.Ordinal).Intersect([key.Id, short_.Id]).OrderBy(i => i == key.Id ? 0 : 1));
        Assert.Null(await keys.ValidateAsync(secret[..^1] + (secret[^1] == 'A' ? 'B' : 'A'), CancellationToken.None));
        Assert.Null(await keys.ValidateAsync("sg_0000000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", CancellationToken.None));
        Assert.Null(await keys.ValidateAsync("nonsense", CancellationToken.None));

        f.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await keys.ValidateAsync(shortSecret, CancellationToken.None));

        Assert.False(await keys.RevokeAsync("another", key.Id, CancellationToken.None));
        Assert.True(await keys.RevokeAsync(f.Account, key.Id, CancellationToken.None));
        Assert.False(await keys.RevokeAsync(f.Account, key.Id, CancellationToken.None));
        Assert.Null(await keys.ValidateAsync(secret, CancellationToken.None));
        f.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await elsewhere.ValidateAsync(secret, CancellationToken.None));
        Assert.DoesNotContain(await keys.ListAsync(f.Account, CancellationToken.None), k => k.Id == key.Id);
        Assert.Equal(f.Account, await elsewhere.FindAccountAsync(key.Id, CancellationToken.None));
    }

    [Theory, OnRedis, OnGarnet]
    public async Task ApiKey_IsStoredAsAHashOnly(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var (key, secret) = await new ApiKeyStore(f.Calls, f.Directory, f.Time).CreateAsync(f.Account, "n", ApiKeyRoles.All, null, CancellationToken.None);
        var entries = await f.Redis.GetDatabase().HashGetAllAsync("sg:apikey:" + key.Id);
        Assert.DoesNotContain(entries, e => ((string)e.Value!).Contains(secret[^20..], StringComparison.Ordinal));
    }

    [Theory, OnRedis, OnGarnet]
    public async Task Secrets_RotateAndAreAtMostFive(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var secrets = new FlowSecrets(f.Calls, f.Directory, f.Time);
        Assert.Empty(await secrets.GetAsync(f.Account, "flow", CancellationToken.None));
        for (var i = 0; i < FlowSecrets.MaxPerFlow; i++)
        {
            f.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.NotNull(await secrets.AddAsync(f.Account, "flow", "github", $"secret with spaces {i}", CancellationToken.None));
        }

        Assert.Null(await secrets.AddAsync(f.Account, "flow", "github", "sixth", CancellationToken.None));
        var all = await secrets.GetAsync(f.Account, "flow", CancellationToken.None);
        Assert.Equal("secret with spaces 0", all[0].Secret);
        Assert.Equal(5, all.Count);
        Assert.True(await secrets.RemoveAsync(f.Account, "flow", all[0].Id, CancellationToken.None));
        Assert.False(await secrets.RemoveAsync(f.Account, "flow", all[0].Id, CancellationToken.None));
        Assert.Equal(4, (await secrets.GetAsync(f.Account, "flow", CancellationToken.None)).Count);
        Assert.Empty(await secrets.GetAsync(f.Account, "other", CancellationToken.None));
    }

    [Theory, OnRedis, OnGarnet]
    public async Task Limits_OfRequests_AreSharedAndRefill(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var one = new AccountLimits(f.Calls, f.Directory, Options.Create(new LimitSettings { RequestsPerSecond = 2, Burst = 4 }), f.Time);
        var two = new AccountLimits(f.Calls, f.Directory, Options.Create(new LimitSettings { RequestsPerSecond = 2, Burst = 4 }), f.Time);
        for (var i = 0; i < 4; i++) Assert.True((await (i % 2 == 0 ? one : two).CheckAsync(f.Account, 1, 1, CancellationToken.None)).IsAllowed);

        var refused = await two.CheckAsync(f.Account, 1, 1, CancellationToken.None);
        Assert.Equal(AccountLimit.Requests, refused.Limit);
        Assert.Equal(2, refused.Maximum);
        Assert.Equal(TimeSpan.FromMilliseconds(500), refused.RetryAfter);
        f.Time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.True((await one.CheckAsync(f.Account, 1, 1, CancellationToken.None)).IsAllowed);
        Assert.False((await one.CheckAsync(f.Account, 1, 1, CancellationToken.None)).IsAllowed);
    }

    [Theory, OnRedis, OnGarnet]
    public async Task Limits_OfAnAccount_OverrideTheDefaults(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var limits = new AccountLimits(f.Calls, f.Directory, Options.Create(new LimitSettings { MaxKeysPerEvent = 10 }), f.Time);
        Assert.Equal(AccountLimit.KeysPerEvent, (await limits.CheckAsync(f.Account, 11, 1, CancellationToken.None)).Limit);
        await limits.SetAsync(f.Account, new LimitSettings { MaxKeysPerEvent = 20 }, CancellationToken.None);
        Assert.True((await limits.CheckAsync(f.Account, 20, 1, CancellationToken.None)).IsAllowed);
        Assert.Equal(20, (await limits.GetAsync(f.Account, CancellationToken.None)).MaxKeysPerEvent);
        await limits.SetAsync(f.Account, null, CancellationToken.None);
        Assert.Equal(10, (await limits.GetAsync(f.Account, CancellationToken.None)).MaxKeysPerEvent);
    }

    [Theory, OnRedis, OnGarnet]
    public async Task Limits_AfterTheExpiryOfEventsWithoutData_AreStillThere(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var limits = new AccountLimits(f.Calls, f.Directory, Options.Create(new LimitSettings { MaxLiveEvents = 1 }), f.Time);
        await f.StoreAsync(f.Envelope("", ttl: 60));
        await f.Live.ReportAsync(CancellationToken.None);
        Assert.False((await limits.CheckAsync(f.Account, 1, 0, CancellationToken.None)).IsAllowed);
        f.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.True((await limits.CheckAsync(f.Account, 1, 0, CancellationToken.None)).IsAllowed);
    }

    [Theory, OnRedis, OnGarnet]
    public async Task Limits_OfLiveEvents_FollowStoreTrimTakeAckDeleteAndExpiry(string server)
    {
        var f = await StoreFixture.CreateAsync(server, maxEvents: 5);
        var limits = new AccountLimits(f.Calls, f.Directory, Options.Create(new LimitSettings { MaxLiveEvents = 6, MaxLiveBytes = 100 }), f.Time);
        for (var i = 0; i < 7; i++) await f.StoreAsync(f.Envelope("12", f.Time.Now + i));
        await FreeAsync(1);
        await f.StoreAsync(f.Envelope("12", keys: ["other"], ttl: 60));
        await FreeAsync(0);
        Assert.Equal(AccountLimit.LiveEvents, (await limits.CheckAsync(f.Account, 1, 1, CancellationToken.None)).Limit);

        await f.Taker.TakeAsync(f.Account, "key", 1, null, CancellationToken.None);
        await FreeAsync(1);
        var leased = await f.Taker.TakeAsync(f.Account, "key", 2, TimeSpan.FromSeconds(9), CancellationToken.None);
        await FreeAsync(1);
        await f.Taker.AckAsync(f.Account, "key", leased.LeaseId!, CancellationToken.None);
        await FreeAsync(3);
        Assert.Equal(AccountLimit.LiveBytes, (await limits.CheckAsync(f.Account, 1, 95, CancellationToken.None)).Limit);
        await f.Taker.DeleteAsync(f.Account, "key", CancellationToken.None);
        await FreeAsync(5);
        f.Time.Advance(TimeSpan.FromMinutes(2));
        await FreeAsync(6);

        async Task FreeAsync(int keys)
        {
            await f.Live.ReportAsync(CancellationToken.None);
            Assert.True(await IsFreeAsync(keys));
            Assert.False(await IsFreeAsync(keys + 1));
        }

        async Task<bool> IsFreeAsync(int keys) => (await limits.CheckAsync(f.Account, keys, 0, CancellationToken.None)).Limit != AccountLimit.LiveEvents;
    }

    [Theory, OnRedis, OnGarnet]
    public async Task Idempotency_SameRequest_KeepsTheFirstIdAndIsStoredOnce(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var first = f.Envelope("same", idempotencyKey: "once");
        Assert.Equal(StoreOutcome.Stored, (await f.StoreAsync(first)).Outcome);
        f.Time.Advance(TimeSpan.FromSeconds(1));
        var second = f.Envelope("same", idempotencyKey: "once");
        Assert.Equal(StoreOutcome.Duplicate, (await f.StoreAsync(second)).Outcome);
        Assert.Equal(StoreOutcome.Conflict, (await f.StoreAsync(f.Envelope("other", idempotencyKey: "once"))).Outcome);
        Assert.Equal(["same"], await f.AllAsync());

        var claim = await f.Idempotency.ClaimAsync(second.Request, "once", second.Id, second.AcceptedAt, renewsExpired: true, CancellationToken.None);
        Assert.Equal(new IdempotencyClaim(first.Id, first.AcceptedAt, IsStored: true, IsConflict: false), claim);
        var elsewhere = await f.Idempotency.ClaimAsync(
            second.Request with { FlowId = "other-flow" }, "once", second.Id, second.AcceptedAt, renewsExpired: true, CancellationToken.None);
        Assert.Equal(second.Id, elsewhere.Id);
        Assert.False(elsewhere.IsStored);
    }

    [Theory, OnRedis, OnGarnet]
    public async Task Idempotency_TwiceInOneBatch_IsStoredOnce(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        // A server that has not got the script yet is given it by whoever asks again first: then the first in the batch need not be the first there.
        await f.Writer.StoreAsync([f.Envelope("before", idempotencyKey: "another", keys: "elsewhere")], CancellationToken.None);
        var results = await f.Writer.StoreAsync(
            [f.Envelope("same", idempotencyKey: "k"), f.Envelope("plain", f.Time.Now + 1), f.Envelope("same", idempotencyKey: "k"), f.Envelope("other", idempotencyKey: "k")], CancellationToken.None);
        Assert.Equal([StoreOutcome.Stored, StoreOutcome.Stored, StoreOutcome.Duplicate, StoreOutcome.Conflict], results.Select(r => r.Outcome));
        Assert.Equal(["same", "plain"], await f.AllAsync());
    }
}
