using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Store;
using SetGet.Tests.Core;
using Sqs;
using StackExchange.Redis;

namespace SetGet.Tests.Upgrade;

/// <summary>
/// What a former build left in the queue, in Redis and in the local SQS's folder is read by this one, as its builder meant it. When a format changes, write the
/// sample of the build before: CONTRIBUTING.md says how.
/// </summary>
public sealed class UpgradeTests
{
    /// <summary>Set to a file's name, it gets this build's sample.</summary>
    private const string Switch = "SETGET_WRITE_SAMPLE";
    private const string ThisBuild = "this build";
    private const string Account = UpgradeStore.Account, Flow = UpgradeStore.Flow;
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Lazy<Task<UpgradeSample>> OfThisBuild = new(SampleWriter.WriteAsync);

    public static TheoryData<string> Builds { get; } = [.. System.IO.Directory.EnumerateFiles(UpgradeSample.Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(), ThisBuild];

    [Theory, MemberData(nameof(Builds))]
    [Needs(Needs.RedisServer | Needs.Linux)]
    public async Task Messages_AreReadAsTheyWereMeant(string build)
    {
        var sample = await SampleAsync(build);
        Assert.Equal(7, sample.Messages.Count);
        foreach (var (name, message) in sample.Messages)
        {
            var envelope = EnvelopeReader.Read(message.Body, out var fault);
            Assert.True(envelope is not null, $"{name}: {fault?.Detail}");
            Assert.Equal(message.Holds, SampleMessage.Describe(envelope, fault));
        }
    }

    [Theory, MemberData(nameof(Builds))]
    [Needs(Needs.RedisServer | Needs.Linux)]
    public Task Redis_IsRead(string build) => ReadRedisAsync(build, StoreServer.Redis);

    [Theory, MemberData(nameof(Builds))]
    [Needs(Needs.RedisServer | Needs.Linux)]
    public Task Garnet_IsRead(string build) => ReadRedisAsync(build, StoreServer.Garnet);

    [Theory, MemberData(nameof(Builds))]
    [Needs(Needs.RedisServer | Needs.Linux)]
    public async Task FolderOfSqs_IsRead(string build)
    {
        var sample = await SampleAsync(build);
        var folder = System.IO.Directory.CreateTempSubdirectory("setget-upgrade-");
        foreach (var (name, bytes) in sample.Sqs) await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), bytes);
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(sample.Time));
        await using (var sqs = new LocalSqs(new SqsOptions { DataFolder = folder.FullName, Clock = clock }, NullLogger.Instance))
        {
            const string Receive = $$"""{"QueueUrl":"{{SampleWriter.Queue}}","MaxNumberOfMessages":10,"MessageAttributeNames":["All"]}""";
            var some = await SampleWriter.CallAsync(sqs, "ReceiveMessage", Receive);
            Assert.DoesNotContain("body 0", some, StringComparison.Ordinal);
            Assert.Contains("body 2", some, StringComparison.Ordinal);
            clock.Advance(TimeSpan.FromSeconds(61));
            var all = await SampleWriter.CallAsync(sqs, "ReceiveMessage", Receive);
            for (var i = 0; i < 3; i++) Assert.Contains($"body {i}", all, StringComparison.Ordinal);
            Assert.Contains("\"StringValue\":\"é\"", all, StringComparison.Ordinal);
        }

        folder.Delete(recursive: true);
    }

    private static async Task<UpgradeSample> SampleAsync(string build)
    {
        if (build != ThisBuild) return UpgradeSample.Read(build);
        var sample = await OfThisBuild.Value;
        if (Environment.GetEnvironmentVariable(Switch) is { Length: > 0 } path) sample.Write(path);
        return sample;
    }

    private static async Task ReadRedisAsync(string build, string kind)
    {
        var sample = await SampleAsync(build);
        await using var server = await StoreServer.StartAsync(kind);
        await using var redis = await server.ConnectAsync();
        foreach (var command in sample.Redis) await redis.GetDatabase().ExecuteAsync(command[0], [.. command.Skip(1).Select(each => (object)Convert.FromBase64String(each))]);
        var store = new UpgradeStore(redis, sample.Time);
        await CheckEventsAsync(store);
        await CheckOnceAsync(store);
        await CheckSettingsAsync(store, sample.ApiKey);
        await CheckLeasesAsync(store, sample.LeaseId);
    }

    private static async Task CheckEventsAsync(UpgradeStore store)
    {
        Assert.Equal(["\"late\"", "1", "2"], await store.ListAsync("many"));
        var newest = await store.Reader.GetNewestAsync(Account, "many", None);
        Assert.Equal(("2", Flow, EventRequest.Json), (Encoding.UTF8.GetString(newest!.Data.Span), newest.FlowId, newest.ContentType));
        Assert.Equal(TimeSpan.FromSeconds(7200), newest.ExpiresAt - newest.AcceptedAt);
        var webhook = await store.Reader.GetNewestAsync(Account, "webhook", None);
        Assert.Equal(("text é", "text/plain", "push é"), (Encoding.UTF8.GetString(webhook!.Data.Span), webhook.ContentType, webhook.Headers["x-event"]));
        Assert.Equal([SampleWriter.BigData], await store.ListAsync(SampleWriter.Big));
        Assert.Equal([SampleWriter.BigData], await store.ListAsync(SampleWriter.Big + "-too"));
    }

    private static async Task CheckOnceAsync(UpgradeStore store)
    {
        var now = store.Time.Now;
        Assert.Equal(StoreOutcome.Duplicate, await store.StoreAsync(store.Event(10, "10", now, keys: ["taken"])));
        Assert.Equal(StoreOutcome.Duplicate, await store.StoreAsync(store.Event(2, "2", now, keys: ["many"])));
        var again = store.Event(99, "11", now + 5, "once", keys: ["once"]);
        var claim = await store.Idempotency.ClaimAsync(again.Request, "once", again.Id, again.AcceptedAt, renewsExpired: false, None);
        Assert.Equal((store.Event(11, "", 0).Id, now, true, false), (claim.Id, claim.AcceptedAt, claim.IsStored, claim.IsConflict));
        Assert.Equal(StoreOutcome.Duplicate, await store.StoreAsync(again));
        Assert.Equal(StoreOutcome.Conflict, await store.StoreAsync(store.Event(98, "other", now, "once", keys: ["once"])));
        Assert.Equal(StoreOutcome.Stored, await store.StoreAsync(store.Event(97, "12", now + 5, "claimed", keys: ["claimed"])));
        Assert.Equal(store.Event(12, "", 0).Id, (await store.Reader.GetNewestAsync(Account, "claimed", None))!.Id);
    }

    private static async Task CheckSettingsAsync(UpgradeStore store, string secret)
    {
        var key = await store.Keys.ValidateAsync(secret, None);
        Assert.Equal((Account, "reader", ApiKeyRoles.Get | ApiKeyRoles.Set), (key!.Account, key.Name, key.Roles));
        Assert.Single(await store.Keys.ListAsync(Account, None));
        Assert.Equal(new EffectiveTtl(7200, TtlSource.Flow), await store.Ttl.GetEffectiveAsync(Account, Flow, None));
        Assert.Equal(new EffectiveTtl(3600, TtlSource.Account), await store.Ttl.GetEffectiveAsync(Account, null, None));
        var limits = await store.Limits.GetAsync(Account, None);
        Assert.Equal((5, 9, 7, 1000L, 1_000_000L), (limits.RequestsPerSecond, limits.Burst, limits.MaxKeysPerEvent, limits.MaxLiveEvents, limits.MaxLiveBytes));
        Assert.Equal("0123456789abcdef-new", Assert.Single(await store.Secrets.GetAsync(Account, Flow, None)).Secret);
        Assert.Equal(2, (await store.Secrets.GetWithRemovedAsync(Account, Flow, None)).Count);
        var source = await store.Sources.GetAsync(Account, Flow, None);
        Assert.Equal(("github", "X-Delivery", "okta", "https://a.example/x"), (source!.Scheme, source.IdHeader, source.Handshake, source.Url));
        Assert.Equal(["order-5"], source.Rules.Evaluate("{\"id\":5}"u8, EventRequest.Json, new Dictionary<string, string>(), "id", 0).Keys);
        Assert.Equal(["accepted", "dead-letter"], (await store.Deliveries.ListAsync(Account, Flow, None)).Select(each => each.Outcome).Order());
        Assert.Equal([Account], (await store.Directory.ListAsync("", null, 10, None)).Accounts);
    }

    private static async Task CheckLeasesAsync(UpgradeStore store, string lease)
    {
        Assert.Equal(["7"], await store.ListAsync("leased"));
        Assert.True(await store.Taker.AckAsync(Account, "leased", lease, None));
        Assert.Equal(["9"], await store.ListAsync("lease-over"));
        store.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(["8", "9"], (await store.ListAsync("lease-over")).Order());
        Assert.Equal(["7"], await store.ListAsync("leased"));
        store.Time.Advance(TimeSpan.FromSeconds(7200));
        Assert.Null(await store.Reader.GetNewestAsync(Account, "webhook", None));
        // It came before the TTL was set: it has the default.
        Assert.Equal(["\"late\"", "1"], (await store.ListAsync("many"))[..2]);
    }
}
