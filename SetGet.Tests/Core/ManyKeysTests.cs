namespace SetGet.Tests.Core;

/// <summary>The newest events of many keys at once.</summary>
public sealed class ManyKeysTests
{
    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task GetNewest_OfManyKeys_AnswersForEach(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        await f.StoreAsync(f.Envelope("1", keys: ["a", "b"]));
        await f.StoreAsync(f.Envelope("2", keys: ["c"]));
        var found = await f.Store.GetNewestAsync(f.Account, ["c", "none", "a", "c"], CancellationToken.None);
        Assert.Equal(["c", "none", "a"], found.Keys);
        Assert.Equal(["2", null, "1"], found.Values.Select(e => e is null ? null : StoreFixture.Text(e)));
    }

    [Theory, OnRedis, OnGarnet, OnCluster]
    public async Task GetNewest_OfManyLargeEvents_ReadsNoMoreThanFitsIntoAnAnswer(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        string[] keys = [.. Enumerable.Range(0, 20).Select(i => $"large{i}")];
        await f.StoreAsync(f.Envelope(new string('1', 900_000), keys: keys));
        var found = await f.Store.GetNewestAsync(f.Account, keys, CancellationToken.None);
        Assert.Equal(keys.Take(8), found.Keys);
    }
}
