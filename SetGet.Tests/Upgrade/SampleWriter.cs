using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Senders;
using SetGet.Tests.Core;
using SetGet.Tests.Local.Gateway;
using Sqs;
using Sqs.Protocol;
using StackExchange.Redis;

namespace SetGet.Tests.Upgrade;

/// <summary>Makes the sample of this build.</summary>
internal static class SampleWriter
{
    public const string Queue = "http://localhost/000000000000/q.fifo";
    public const string Big = "big";
    private static readonly CancellationToken None = CancellationToken.None;

    public static string BigData { get; } = "\"" + new string('x', 2000) + "\"";

    public static async Task<UpgradeSample> WriteAsync()
    {
        await using var server = await StoreServer.StartAsync(StoreServer.Redis);
        await using var redis = await server.ConnectAsync();
        var store = new UpgradeStore(redis);
        var lease = await FillEventsAsync(store);
        var secret = await FillSettingsAsync(store);
        await store.ReportAsync();
        var messages = Written().Concat(await SentThroughGatewayAsync()).ToDictionary(each => each.Name, each => SampleMessage.Of(each.Body));
        return new UpgradeSample(store.Time.Now, messages, await DumpAsync(redis, server.Port), secret, lease, await SqsFolderAsync(store.Time.GetUtcNow()));
    }

    private static async Task<string> FillEventsAsync(UpgradeStore store)
    {
        var now = store.Time.Now;
        await store.Ttl.SetAsync(UpgradeStore.Account, null, 3600, None);
        await store.Ttl.SetAsync(UpgradeStore.Account, UpgradeStore.Flow, 7200, None);
        await store.StoreAsync(store.Event(1, "1", now - 10, keys: ["many"]));
        await store.StoreAsync(store.Event(2, "2", now, keys: ["many"]));
        await store.StoreAsync(store.Event(3, "\"late\"", now - 1000, keys: ["many"]));
        await store.StoreAsync(store.Event(4, "text é", now, isWebhook: true, keys: ["webhook"]));
        await store.StoreAsync(store.Event(5, BigData, now, keys: [Big, Big + "-too"]));
        for (var i = 6; i < 10; i++) await store.StoreAsync(store.Event(i, $"{i}", now + i, keys: [i < 8 ? "leased" : "lease-over"]));
        await store.StoreAsync(store.Event(10, "10", now, keys: ["taken"]));
        await store.StoreAsync(store.Event(11, "11", now, "once", keys: ["once"]));
        await store.Idempotency.ClaimAsync(store.Event(12, "12", now, "claimed", keys: ["claimed"]).Request, "claimed", store.Event(12, "12", now).Id, now, renewsExpired: false, None);
        await store.Taker.TakeAsync(UpgradeStore.Account, "taken", 1, null, None);
        await store.Taker.TakeAsync(UpgradeStore.Account, "lease-over", 1, TimeSpan.FromSeconds(60), None);
        return (await store.Taker.TakeAsync(UpgradeStore.Account, "leased", 1, TimeSpan.FromSeconds(60), None)).LeaseId!;
    }

    private static async Task<string> FillSettingsAsync(UpgradeStore store)
    {
        const string Account = UpgradeStore.Account, Flow = UpgradeStore.Flow;
        var key = await store.Keys.CreateAsync(Account, "reader", ApiKeyRoles.Get | ApiKeyRoles.Set, store.Time.GetUtcNow() + TimeSpan.FromDays(1), None);
        await store.Limits.SetAsync(Account, new LimitSettings { RequestsPerSecond = 5, Burst = 9, MaxKeysPerEvent = 7, MaxLiveEvents = 1000, MaxLiveBytes = 1_000_000 }, None);
        var removed = await store.Secrets.AddAsync(Account, Flow, "github", "0123456789abcdef-old", None);
        await store.Secrets.AddAsync(Account, Flow, "github", "0123456789abcdef-new", None);
        await store.Secrets.RemoveAsync(Account, Flow, removed!.Id, None);
        var source = new FlowSource { Scheme = "github", KeyRules = ["order-{/id}", "{header:X-Event}"], IdHeader = "X-Delivery", Handshake = "okta", Url = "https://a.example/x" };
        await store.Sources.SetAsync(Account, Flow, source.Ready(new InputErrors())!, None);
        await store.Deliveries.NoteAsync(Account, Flow, new Delivery(store.Time.GetUtcNow(), Delivery.ByApi, Delivery.Accepted, Id: "id", WebhookKey: "k"), None);
        await store.Deliveries.NoteAsync(Account, Flow, new Delivery(store.Time.GetUtcNow(), Delivery.ByGateway, Delivery.DeadLetter, DeadLetterReasons.SignatureInvalid, "why"), None);
        return key.Secret;
    }

    private static IEnumerable<(string Name, string Body)> Written()
    {
        var head = new EnvelopeHead("01a1ff74-7772-7857-a1bd-87ddf75ab44d", 1763740000123, "0123456789abcdef", "once", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", ["added"]);
        var set = """{"accountId":"a","flowId":"f","webhookKeys":["k","l"],"ttlSeconds":5,"data":{"n":1.50,"t":"\u00e9 é"}}""";
        yield return ("api set", Text(output => EnvelopeWriter.WriteSet(output, head, Encoding.UTF8.GetBytes(set))));
        yield return ("api set, least", Text(output => EnvelopeWriter.WriteSet(output, new EnvelopeHead(head.Id, 0, "root", null, null), """{"accountId":"a","flowId":"f","webhookKeys":["k"],"data":null}"""u8)));
        var hook = EventRequest.Create("a", "f", ["k"], 60, "text/plain", [KeyValuePair.Create("X-Event", "it's é")], new InputErrors())! with { Data = new byte[] { 0, 255, 10 } };
        yield return ("api hook", Text(output => EnvelopeWriter.WriteHook(output, head, hook)));
        var least = EventRequest.Create("a", "f", [], null, "application/json", [], new InputErrors())!;
        yield return ("api hook, least", Text(output => EnvelopeWriter.WriteHook(output, head with { IdempotencyKey = null, TraceParent = null, AddedKeys = null }, least)));
    }

    private static string Text(Action<ArrayBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static async Task<List<(string Name, string Body)>> SentThroughGatewayAsync()
    {
        await using var gateway = await GatewayHarness.StartAsync();
        var sent = new List<(string Name, string Body)>();
        await SendAsync("gateway set", "set", "application/json", """{"accountId":"a","flowId":"f","webhookKeys":["k"],"ttlSeconds":5,"data":{"it's":"\u00e9 é","n":1.50}}""");
        await SendAsync("gateway hook", "hooks/a/f/k?key=l&ttl=60", "text/plain", "it's a 'body'");
        await SendAsync("gateway signed hook", "signed/hooks/a/f", "application/json", "{}");
        return sent;

        async Task SendAsync(string name, string path, string type, string body)
        {
            using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
            content.Headers.Add("X-Event", "it's");
            content.Headers.Add("Idempotency-Key", "once");
            using var response = await gateway.Http.PostAsync(new Uri(path, UriKind.Relative), content);
            sent.Add((name, (await gateway.TakeAsync())!.Value.GetProperty("Body").GetString()!));
        }
    }

    // Each key by the commands that make it. Redis' own expiries are left out: they only clear up.
    private static async Task<List<string[]>> DumpAsync(IConnectionMultiplexer redis, int port)
    {
        var (database, commands) = (redis.GetDatabase(), new List<string[]>());
        foreach (var key in redis.GetServer("127.0.0.1", port).Keys().OrderBy(each => (string)each!, StringComparer.Ordinal))
        {
            var (name, values) = await database.KeyTypeAsync(key) switch
            {
                RedisType.Hash => ("HSET", (await database.HashGetAllAsync(key)).SelectMany(each => new[] { each.Name, each.Value })),
                RedisType.SortedSet => ("ZADD", (await database.SortedSetRangeByRankWithScoresAsync(key)).SelectMany(each => new RedisValue[] { each.Score, each.Element })),
                RedisType.Set => ("SADD", await database.SetMembersAsync(key)),
                RedisType.List => ("RPUSH", await database.ListRangeAsync(key)),
                _ => ("SET", [await database.StringGetAsync(key)]),
            };
            commands.Add([name, .. values.Prepend((RedisValue)(string)key!).Select(each => Convert.ToBase64String((byte[])each!))]);
        }

        return commands;
    }

    private static async Task<Dictionary<string, byte[]>> SqsFolderAsync(DateTimeOffset time)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("setget-sample-");
        try
        {
            await using (var sqs = new LocalSqs(new SqsOptions { DataFolder = folder.FullName, Clock = new FakeTimeProvider(time) }, NullLogger.Instance))
            {
                await sqs.DeclareAsync("q.fifo", new Dictionary<string, string> { ["FifoQueue"] = "true", ["VisibilityTimeout"] = "60" }, new Dictionary<string, string>());
                for (var i = 0; i < 3; i++) await CallAsync(sqs, "SendMessage", $$"""{"QueueUrl":"{{Queue}}","MessageBody":"body {{i}}","MessageGroupId":"g{{i}}","MessageDeduplicationId":"d{{i}}","MessageAttributes":{"n":{"DataType":"String","StringValue":"é"} } }""");
                await CallAsync(sqs, "ReceiveMessage", $$"""{"QueueUrl":"{{Queue}}"}""");
            }

            // Empty is the file that keeps two processes from one folder.
            return folder.EnumerateFiles().Where(file => file.Length > 0).ToDictionary(file => file.Name, file => File.ReadAllBytes(file.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    internal static async Task<string> CallAsync(LocalSqs sqs, string action, string json)
    {
        var reply = await sqs.CallAsync(new SqsCall("/", "", "AmazonSQS." + action, "http://localhost", Encoding.UTF8.GetBytes(json)), None);
        var text = Encoding.UTF8.GetString(reply.Body.Span);
        Assert.True(reply.Status == 200, text);
        return text;
    }
}
