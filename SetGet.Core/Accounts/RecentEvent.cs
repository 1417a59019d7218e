using System.Text.Json;
using System.Text.Json.Serialization;
using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Accounts;

/// <summary>What became of one event. For operators; holds no data and no header.</summary>
/// <param name="Id">The event's id.</param>
/// <param name="FlowId">Its flow.</param>
/// <param name="WebhookKey">The first of its webhook keys.</param>
/// <param name="WebhookKeys">How many it has.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="Outcome"><c>stored</c>, <c>duplicate</c>, <c>expired</c> (before it was stored), or <c>conflict</c> (of its idempotency key).</param>
public sealed record RecentEvent(string Id, string FlowId, string WebhookKey, int WebhookKeys, DateTimeOffset AcceptedAt, string Outcome)
{
    internal RedisValue ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, RecentEventsJson.Default.RecentEvent);

    internal static RecentEvent Parse(RedisValue text) => RedisData.Read(
        "A recent event", text, static each => JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)each).Span, RecentEventsJson.Default.RecentEvent) ?? throw new JsonException("It is null."));
}

/// <summary>The JSON in which they are kept.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RecentEvent))]
internal sealed partial class RecentEventsJson : JsonSerializerContext;
