using System.Text.Json;
using System.Text.Json.Serialization;
using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Senders;

/// <summary>How one delivery to a flow fared. For operators; holds no data and no header's value.</summary>
/// <param name="At">When it came.</param>
/// <param name="Way">Which way it came: <c>api</c> or <c>gateway</c>.</param>
/// <param name="Outcome"><c>accepted</c>, <c>refused</c> (its sender was told), <c>dead-letter</c>, or <c>dropped</c> (it proved nothing, and nothing is kept of it).</param>
/// <param name="Reason">Why it was not accepted: short and stable, a dead letter's reason where there is one for it.</param>
/// <param name="Detail">The same in a sentence.</param>
/// <param name="Id">The event's id, where it was accepted.</param>
/// <param name="WebhookKey">The first of its webhook keys, where it was accepted.</param>
public sealed record Delivery(
    DateTimeOffset At, string Way, string Outcome, string? Reason = null, string? Detail = null, string? Id = null, string? WebhookKey = null)
{
    public const string ByApi = "api";
    public const string ByGateway = "gateway";
    public const string Accepted = "accepted";
    public const string Refused = "refused";
    public const string DeadLetter = "dead-letter";
    public const string Dropped = "dropped";

    /// <summary>Longest detail that is kept, in characters.</summary>
    public const int MaxDetailLength = 500;

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(
        this with { Detail = Detail?.Length > MaxDetailLength ? Detail[..MaxDetailLength] + "…" : Detail }, DeliveriesJson.Default.Delivery);

    internal static Delivery? Parse(RedisValue text)
        => text.IsNull ? null : RedisData.Read("A delivery", text, static each => JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)each).Span, DeliveriesJson.Default.Delivery));
}

/// <summary>The JSON in which they are kept.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Delivery))]
internal sealed partial class DeliveriesJson : JsonSerializerContext;
