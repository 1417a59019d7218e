using System.Text;
using Microsoft.Extensions.Time.Testing;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Redis;
using SetGet.Core.Senders;

namespace SetGet.Tests.Core.Senders;

/// <summary>What a flow knows of its sender, in Redis and in the cache.</summary>
public sealed class FlowSourceTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnRedis, OnGarnet]
    public async Task Source_ThatIsSet_IsTheFlowsOwn(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var (sources, other) = (new FlowSources(f.Calls, f.Directory, f.Time), new FlowSources(f.Calls, f.Directory, f.Time));
        Assert.Null(await sources.GetAsync(f.Account, "flow", None));
        Assert.Null(await other.GetAsync(f.Account, "flow", None));
        var source = Ready(new FlowSource { Scheme = "github", KeyRules = ["{/a}", "{id}"], IdHeader = "X-GitHub-Delivery", Handshake = "cloudevents", Url = "https://example.com/a?b=ü" });

        await sources.SetAsync(f.Account, "flow", source, None);
        var found = await sources.GetAsync(f.Account, "flow", None);
        Assert.Equal(("github", "X-GitHub-Delivery", null, "cloudevents", "https://example.com/a?b=ü"), (found!.Scheme, found.IdHeader, found.IdPointer, found.Handshake, found.Url));
        Assert.Equal(["{/a}", "{id}"], found.KeyRules);
        Assert.Equal(["x", "7"], found.Rules.Evaluate("""{"a":"x"}"""u8, "", new Dictionary<string, string>(), "7", 0).Keys);
        Assert.Null(await sources.GetAsync(f.Account, "another", None));
        Assert.Null(await other.GetAsync(f.Account, "flow", None));
        f.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.NotNull(await other.GetAsync(f.Account, "flow", None));
        // Parsed once, however many events ask for it.
        Assert.Same(await other.GetAsync(f.Account, "flow", None), await other.GetAsync(f.Account, "flow", None));

        Assert.True(await sources.RemoveAsync(f.Account, "flow", None));
        Assert.False(await sources.RemoveAsync(f.Account, "flow", None));
        Assert.Null(await sources.GetAsync(f.Account, "flow", None));
    }

    [Theory, OnRedis]
    public async Task Source_OfALaterVersion_IsReadWithoutWhatIsNew_AndNotAtAllWithRulesThatAre(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var sources = new FlowSources(f.Calls, f.Directory, f.Time);
        await f.Calls.RunAsync(db => db.StringSetAsync(RedisKeys.Source(f.Account, "new"), """{"keyRules":["{/a}"],"more":{"x":1}}"""), None);
        await f.Calls.RunAsync(db => db.StringSetAsync(RedisKeys.Source(f.Account, "newer"), """{"keyRules":["{/a}","{new:a}"]}"""), None);
        Assert.Equal(["{/a}"], (await sources.GetAsync(f.Account, "new", None))!.Rules.Texts);
        var fault = await Assert.ThrowsAsync<RedisUnavailableException>(() => sources.GetAsync(f.Account, "newer", None).AsTask());
        Assert.Contains("keyRules[1]", fault.Message, StringComparison.Ordinal);
    }

    [Fact, Needs(Needs.RedisServer)]
    public async Task Source_KnownLately_WorksForSomeMinutesWithoutRedis()
    {
        var server = await StoreServer.StartAsync(StoreServer.Redis);
        using var redis = await server.ConnectAsync();
        var (calls, time) = (new RedisCalls(redis), new FakeTimeProvider());
        var sources = new FlowSources(calls, new AccountDirectory(calls), time);
        await sources.SetAsync("acme", "flow", Ready(new FlowSource { KeyRules = ["{id}"] }), None);
        Assert.NotNull(await sources.GetAsync("acme", "flow", None));
        Assert.Null(await sources.GetAsync("acme", "without", None));

        await server.DisposeAsync();
        time.Advance(TimeSpan.FromMinutes(4));
        // Each asks Redis for seconds, in vain: all of them at once.
        var (known, without, never) = (sources.GetAsync("acme", "flow", None).AsTask(), sources.GetAsync("acme", "without", None).AsTask(), sources.GetAsync("acme", "never", None).AsTask());
        Assert.Equal(["{id}"], (await known)!.Rules.Texts);
        Assert.Null(await without);
        await Assert.ThrowsAsync<RedisUnavailableException>(() => never);
        time.Advance(TimeSpan.FromMinutes(2));
        await Assert.ThrowsAsync<RedisUnavailableException>(() => sources.GetAsync("acme", "flow", None).AsTask());
    }

    [Fact]
    public void Parts_ThatAreWrong_AreNamed()
    {
        Assert.Equal("", Fault(new FlowSource()));
        Assert.Equal("", Fault(new FlowSource { IdPointer = "/data/id" }));
        Assert.Contains("idHeader: Must be a header's name", Fault(new FlowSource { IdHeader = "X Y" }), StringComparison.Ordinal);
        Assert.Contains("idHeader: Must be a header's name", Fault(new FlowSource { IdHeader = new string('x', 65) }), StringComparison.Ordinal);
        Assert.Contains("idHeader: Must be a header's name", Fault(new FlowSource { IdHeader = "" }), StringComparison.Ordinal);
        Assert.Contains("idPointer: At character 1: a pointer begins with a slash", Fault(new FlowSource { IdPointer = "id" }), StringComparison.Ordinal);
        Assert.Contains("idPointer: At character 1: a pointer begins with a slash", Fault(new FlowSource { IdPointer = "" }), StringComparison.Ordinal);
        Assert.Contains("idPointer: Must be at most 256", Fault(new FlowSource { IdPointer = "/" + new string('x', 256) }), StringComparison.Ordinal);
        Assert.Contains("idPointer: Must not be there beside idHeader", Fault(new FlowSource { IdPointer = "/id", IdHeader = "X-Id" }), StringComparison.Ordinal);
        Assert.Contains("url: Must be an address", Fault(new FlowSource { Url = "ftp://example.com" }), StringComparison.Ordinal);
        Assert.Contains("url: Must be an address", Fault(new FlowSource { Url = "/hooks" }), StringComparison.Ordinal);
        Assert.Contains("url: Must be an address", Fault(new FlowSource { Url = "https://example.com/" + new string('x', 1024) }), StringComparison.Ordinal);
        Assert.Contains("keyRules[0]", Fault(new FlowSource { KeyRules = ["{"] }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "/data/id", """{"data":{"id":"evt 1"}}""", "evt:201")]
    [InlineData(null, "/data/id", """{"data":{"id":["a","b"]}}""", "a")]
    [InlineData(null, "/data/id", """{"data":{}}""", null)]
    [InlineData(null, "/data/id", "not JSON", null)]
    [InlineData("X-GitHub-Delivery", null, "not JSON", "72d3162e")]
    [InlineData("X-Other", null, "{}", null)]
    [InlineData(null, null, "{}", null)]
    public void Id_IsFound(string? header, string? pointer, string body, string? id)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["x-github-delivery"] = "72d3162e" };
        var ids = Ready(new FlowSource { IdHeader = header, IdPointer = pointer }).Ids;
        for (var i = 0; i < 2; i++) Assert.Equal(id, ids.Find(Encoding.UTF8.GetBytes(body), "application/json", headers));
        Assert.Equal(header is null && pointer is null, ids.IsEmpty);
    }

    private static FlowSource Ready(FlowSource source)
    {
        var errors = new InputErrors();
        var ready = source.Ready(errors);
        Assert.Equal("", errors.ToString());
        return ready!;
    }

    private static string Fault(FlowSource source)
    {
        var errors = new InputErrors();
        Assert.Equal(source.Ready(errors) is null, errors.Any);
        return errors.ToString();
    }
}
