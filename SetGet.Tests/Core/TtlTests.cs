using SetGet.Core.Accounts;
using SetGet.Core.Events;

namespace SetGet.Tests.Core;

/// <summary>Whose TTL an event gets.</summary>
public sealed class TtlTests
{
    [Theory, OnRedis, OnGarnet]
    public async Task Effective_IsTheFlowsElseTheAccountsElseTheDefault(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        Assert.Equal(new EffectiveTtl(86_400, TtlSource.Default), await f.Ttl.GetEffectiveAsync(f.Account, "flow", CancellationToken.None));
        await f.Ttl.SetAsync(f.Account, null, 100, CancellationToken.None);
        Assert.Equal(new EffectiveTtl(100, TtlSource.Account), await f.Ttl.GetEffectiveAsync(f.Account, "flow", CancellationToken.None));
        await f.Ttl.SetAsync(f.Account, "flow", 50, CancellationToken.None);
        Assert.Equal(new EffectiveTtl(50, TtlSource.Flow), await f.Ttl.GetEffectiveAsync(f.Account, "flow", CancellationToken.None));
        Assert.Equal(new EffectiveTtl(100, TtlSource.Account), await f.Ttl.GetEffectiveAsync(f.Account, null, CancellationToken.None));
        Assert.Equal(50, await f.Ttl.GetAsync(f.Account, "flow", CancellationToken.None));
        Assert.Null(await f.Ttl.GetAsync(f.Account, "other", CancellationToken.None));

        Assert.True(await f.Ttl.DeleteAsync(f.Account, "flow", CancellationToken.None));
        Assert.False(await f.Ttl.DeleteAsync(f.Account, "flow", CancellationToken.None));
        Assert.Equal(TtlSource.Account, (await f.Ttl.GetEffectiveAsync(f.Account, "flow", CancellationToken.None)).Source);
    }

    [Theory, OnRedis, OnGarnet]
    public async Task Store_UsesTheTtlOfTheTimeOfAcceptance(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        await f.Ttl.SetAsync(f.Account, "flow", 100, CancellationToken.None);
        var before = f.Envelope("before", f.Time.Now);
        f.Time.Advance(TimeSpan.FromSeconds(10));
        await f.Ttl.SetAsync(f.Account, "flow", 1000, CancellationToken.None);
        var after = f.Envelope("after", f.Time.Now);

        Assert.Equal(100_000, await LifeAsync(f, before));
        Assert.Equal(1_000_000, await LifeAsync(f, after));
    }

    [Theory, OnRedis, OnGarnet]
    public async Task Change_AppliesInAnotherProcessWithinFiveSeconds(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var other = new TtlSettings(f.Calls, f.Directory, Microsoft.Extensions.Options.Options.Create(new TtlOptions()), f.Time);
        Assert.Equal(86_400_000, await LifeAsync(f, f.Envelope("cached")));
        await other.SetAsync(f.Account, "flow", 60, CancellationToken.None);
        f.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(60_000, await LifeAsync(f, f.Envelope("changed")));
    }

    [Theory, OnRedis, OnGarnet]
    public async Task Store_BoundsTheTtlOfTheRequest(string server)
    {
        var f = await StoreFixture.CreateAsync(server, ttl: new TtlOptions { MinimumSeconds = 10, DefaultSeconds = 20, MaximumSeconds = 30 });
        Assert.Equal(10_000, await LifeAsync(f, f.Envelope("1", ttl: 1)));
        Assert.Equal(15_000, await LifeAsync(f, f.Envelope("2", ttl: 15)));
        Assert.Equal(30_000, await LifeAsync(f, f.Envelope("3", ttl: int.MaxValue)));
        Assert.Equal(20_000, await LifeAsync(f, f.Envelope("4")));
    }

    [Theory]
    [InlineData("100:5,200:0,300:7", 99, null)]
    [InlineData("100:5,200:0,300:7", 100, 5)]
    [InlineData("100:5,200:0,300:7", 250, null)]
    [InlineData("100:5,200:0,300:7", 300, 7)]
    [InlineData(null, 300, null)]
    public void History_AtATime_IsTheLastChangeBefore(string? history, long time, int? expected) => Assert.Equal(expected, TtlHistory.At(history, time));

    [Fact]
    public void Options_OutOfOrder_AreNamedByTheirKeys()
    {
        var result = new TtlOptionsValidator().Validate(null, new TtlOptions { MinimumSeconds = 0, DefaultSeconds = 5, MaximumSeconds = -1 });
        Assert.True(result.Failed);
        Assert.Contains("SetGet:Ttl:MinimumSeconds", result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("SetGet:Ttl:MaximumSeconds", result.FailureMessage, StringComparison.Ordinal);
    }

    private static async Task<long> LifeAsync(StoreFixture f, Envelope envelope)
    {
        await f.StoreAsync(envelope);
        var page = await f.ListAsync();
        var stored = page.Events.Single(e => e.Id == envelope.Id);
        return (long)(stored.ExpiresAt - stored.AcceptedAt).TotalMilliseconds;
    }
}
