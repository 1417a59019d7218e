using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SetGet.Core.Accounts;
using SetGet.Core.Redis;

namespace SetGet.Tests.Core;

/// <summary>What goes on while Redis is away, or takes no writes.</summary>
[Needs(Needs.RedisServer)]
public sealed class WithoutRedisTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task KeysAndSecrets_KnownLately_WorkForSomeMinutes()
    {
        var server = await StoreServer.StartAsync(StoreServer.Redis);
        using var redis = await server.ConnectAsync();
        var (calls, time) = (new RedisCalls(redis), new FakeTimeProvider());
        var directory = new AccountDirectory(calls);
        var (keys, secrets) = (new ApiKeyStore(calls, directory, time), new FlowSecrets(calls, directory, time));
        var limits = new AccountLimits(calls, directory, Options.Create(new LimitSettings { MaxKeysPerEvent = 3 }), time);
        var (known, revoked, unknown) = (await CreateAsync("known"), await CreateAsync("revoked"), await CreateAsync("unknown"));
        await secrets.AddAsync("acme", "signed", "github", "a-long-enough-secret", None);
        foreach (var secret in new[] { known, revoked }) Assert.NotNull(await keys.ValidateAsync(secret.Secret, None));
        await keys.RevokeAsync("acme", revoked.Key.Id, None);
        Assert.Single(await secrets.GetAsync("acme", "signed", None));
        Assert.Empty(await secrets.GetAsync("acme", "unsigned", None));
        await limits.CheckAsync("acme", 1, 1, None);

        await server.DisposeAsync();
        time.Advance(TimeSpan.FromMinutes(4));
        // Each asks Redis for seconds, in vain: all of them at once.
        Func<Task>[] still =
        [
            async () => Assert.NotNull(await keys.ValidateAsync(known.Secret, None)),
            async () => Assert.Single(await secrets.GetAsync("acme", "signed", None)),
            async () => Assert.Empty(await secrets.GetAsync("acme", "unsigned", None)),
            async () => Assert.Equal(AccountLimit.KeysPerEvent, (await limits.CheckAsync("acme", 4, 1, None)).Limit),
            () => IsRefusedAsync(revoked),
            () => IsRefusedAsync(unknown),
        ];
        await Task.WhenAll(still.Select(each => each()));

        time.Advance(TimeSpan.FromMinutes(2));
        await Task.WhenAll(IsRefusedAsync(known), Assert.ThrowsAsync<RedisUnavailableException>(() => secrets.GetAsync("acme", "signed", None)));

        Task IsRefusedAsync(CreatedApiKey key) => Assert.ThrowsAsync<RedisUnavailableException>(() => keys.ValidateAsync(key.Secret, None));

        Task<CreatedApiKey> CreateAsync(string name) => keys.CreateAsync("acme", name, ApiKeyRoles.Set, null, None);
    }

    // Full; without the replicas that it was told to wait for.
    [Theory]
    [InlineData("maxmemory", "1", "0")]
    [InlineData("min-replicas-to-write", "5", "0")]
    public async Task Reading_WhileRedisTakesNoWrites_GoesOn(string setting, string fault, string well)
    {
        await using var server = await StoreServer.StartAsync(StoreServer.Redis);
        using var redis = await server.ConnectAsync();
        var f = StoreFixture.Over(redis);
        await f.StoreAsync(f.Envelope("old", f.Time.Now - 2));
        await f.StoreAsync(f.Envelope("new", f.Time.Now));
        var taken = await f.Taker.TakeAsync(f.Account, "key", 2, TimeSpan.FromSeconds(30), None);
        Assert.Equal(2, taken.Events.Count);
        await f.StoreAsync(f.Envelope("stays", f.Time.Now - 1));
        await redis.GetServers().Single().ConfigSetAsync(setting, fault);
        await Assert.ThrowsAsync<RedisUnavailableException>(() => f.Calls.RunAsync(db => db.StringSetAsync("more", "1"), None));

        Assert.Equal("stays", await f.NewestAsync());
        f.Time.Advance(TimeSpan.FromSeconds(31));
        // The leases are over: the newest is one that comes back.
        Assert.Equal("new", await f.NewestAsync());
        Assert.Equal(["stays"], await f.AllAsync());

        await redis.GetServers().Single().ConfigSetAsync(setting, well);
        Assert.Equal(["old", "stays", "new"], await f.AllAsync());
    }
}
