using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Redis;
using SetGet.Core.Senders;
using SetGet.Core.Store;
using SetGet.Core.Throughput;
using StackExchange.Redis;

namespace SetGet.Tests.Fuzzing.Targets;

/// <summary>
/// What Redis answers, whatever is in it: the first part says what is asked, each further one, behind an empty line, is a value (none, where it is empty). It is
/// read, or is no answer of Redis; records are in hexadecimal.
/// </summary>
internal sealed class StoredTarget() : FuzzTarget("stored")
{
    private static readonly FakeTimeProvider Clock = new(DateTimeOffset.FromUnixTimeMilliseconds(1763740000123));

    public override IEnumerable<string> Seeds { get; } =
    [
        "event\n\n#" + Record("a: 1", "{\"a\":1}"), "event\n\n#" + Record("", "x") + "\n\n1763740000999",
        "page\n\n5\n\n#" + Record("", "1") + "\n\n\n\n#" + Record("n: v", "2") + "\n\n3",
        "take\n\n1763740000999\n\n#" + Record("", "1"),
        "source\n\n{\"scheme\":\"github\",\"keyRules\":[\"{/a}\"],\"idHeader\":\"X-Id\"}",
        "secrets\n\nid\n\n1763740000000 github 0123456789abcdef",
        "ttl\n\n0:60,1763740000000:0\n\n1700000000000:5",
        "deliveries\n\n{\"at\":\"2026-01-31T12:00:00+00:00\",\"way\":\"api\",\"outcome\":\"accepted\",\"id\":\"x\",\"webhookKey\":\"k\"}\n\n{\"at\":\"2026-01-31T12:00:00+00:00\",\"way\":\"gateway\",\"outcome\":\"refused\"}",
        "recent\n\n{\"id\":\"x\",\"flowId\":\"f\",\"webhookKey\":\"k\",\"webhookKeys\":2,\"acceptedAt\":\"2026-01-31T12:00:00+00:00\",\"outcome\":\"stored\"}",
        "key\n\nacme\n\nname\n\n7\n\n01234567890123456789012345678901\n\n1763740000000\n\n1863740000000\n\n\n\n",
        "limits\n\n1\n\n2\n\n3\n\n4\n\n5",
        "throughput\n\n07s\n\n12\n\n07w\n\n5",
        "claim\n\n01a1ff74-7772-7857-a1bd-87ddf75ab44d\n\n1763740000000\n\n01234567890123456789012345678901\n\n1",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
        ["\n\n", "#", "event", "page", "source", "secrets", "ttl", "deliveries", "recent", "key", "limits", "throughput", "0:60", ",", " ", "null", "{", "}", "[]", "\"keyRules\":null", "\"custom\":{}", "ff", "00", "\0"];

    public override int AllocationPerByte => 400;

    public override int BaseAllocation => 512 * 1024;

    public override double Weight => 6;

    public override void Run(ReadOnlyMemory<byte> input)
    {
        var parts = Encoding.UTF8.GetString(input.Span).Split("\n\n");
        var values = parts.Skip(1).Select(Value).ToArray();
        try
        {
            // The answers are there at once.
            ReadAsync(parts[0], new RedisCalls(RedisAnswers.Of(values)), new RedisCalls(RedisAnswers.Of([]))).GetAwaiter().GetResult();
        }
        catch (RedisUnavailableException)
        {
            // It says what cannot be read.
        }
    }

    private static Task ReadAsync(string what, RedisCalls redis, RedisCalls empty) => what switch
    {
        "event" => new EventReader(redis, Clock).GetNewestAsync("a", "k", CancellationToken.None),
        "page" => new EventReader(redis, Clock).ListAsync("a", "k", null, 10, CancellationToken.None),
        "take" => new EventTaker(redis, new LiveCounts(empty, new AccountDirectory(empty), Clock), Clock).TakeAsync("a", "k", 10, TimeSpan.FromSeconds(1), CancellationToken.None),
        "source" => new FlowSources(redis, new AccountDirectory(empty), Clock).GetAsync("a", "f", CancellationToken.None).AsTask(),
        "secrets" => new FlowSecrets(redis, new AccountDirectory(empty), Clock).GetAsync("a", "f", CancellationToken.None),
        "ttl" => new TtlSettings(redis, new AccountDirectory(empty), Options.Create(new TtlOptions()), Clock).GetEffectiveAsync("a", "f", CancellationToken.None),
        "deliveries" => new RecentDeliveries(redis, null!).ListAsync("a", "f", CancellationToken.None),
        "recent" => new RecentEvents(redis).ListAsync("a", CancellationToken.None),
        "key" => new ApiKeyStore(redis, new AccountDirectory(empty), Clock).FindAccountAsync("0123456789abcdef", CancellationToken.None),
        "limits" => new AccountLimits(redis, new AccountDirectory(empty), Options.Create(new LimitSettings()), Clock).GetAsync("a", CancellationToken.None),
        "throughput" => new ThroughputStore(redis, Clock).ReadAsync(60, CancellationToken.None),
        "claim" => ClaimAsync(redis),
        _ => Task.CompletedTask,
    };

    private static Task ClaimAsync(RedisCalls redis)
    {
        var request = new EventRequest { AccountId = "a", FlowId = "f", WebhookKeys = ["k"], Data = default };
        var ttl = new TtlSettings(redis, new AccountDirectory(redis), Options.Create(new TtlOptions()), Clock);
        return new IdempotencyStore(redis, ttl).ClaimAsync(request, "key", "id", 1, renewsExpired: false, CancellationToken.None);
    }

    private static RedisValue Value(string text)
    {
        if (text.Length == 0) return RedisValue.Null;
        if (text[0] != '#') return text;
        return Convert.FromHexString(string.Concat(text.Where(char.IsAsciiHexDigit).Take((text.Count(char.IsAsciiHexDigit) / 2) * 2)));
    }

    private static string Record(string header, string data)
    {
        var headers = header.Split(": ") is [var name, var value] ? new Dictionary<string, string> { [name] = value } : [];
        var joined = HeaderBlock.Join(headers, Encoding.UTF8.GetBytes(data));
        var record = new EventRecord(Guid.Parse("01a1ff74-7772-7857-a1bd-87ddf75ab44d"), 1763740000000, 1863740000000, "f", "text/plain", joined, IsShared: false, HasHeaders: headers.Count > 0);
        return Convert.ToHexString(record.Encode());
    }
}
