using System.Security.Cryptography;
using System.Text;

namespace SetGet.Core.Events;

/// <summary>What a sender asks for: this data, under these keys of this account.</summary>
public sealed record EventRequest
{
    /// <summary>The content type of what came in through <c>POST /set</c>.</summary>
    public const string Json = "application/json";

    public required string AccountId { get; init; }

    public required string FlowId { get; init; }

    /// <summary>Distinct, in the order that the sender gave; at least one.</summary>
    public required IReadOnlyList<string> WebhookKeys { get; init; }

    /// <summary>The data, byte for byte. For JSON a slice of the request text, never a copy.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    public string ContentType { get; init; } = Json;

    /// <summary>Seconds that the sender wants it to be kept, at least 1; null: as the flow, the account or the default says.</summary>
    public int? TtlSeconds { get; init; }

    /// <summary>Checks the parts of a raw webhook and joins them. Null when <paramref name="errors"/> has got something.</summary>
    public static EventRequest? Create(string accountId, string flowId, IEnumerable<string> webhookKeys, int? ttlSeconds,
        string contentType, ReadOnlyMemory<byte> data, InputErrors errors)
    {
        var builder = new RequestBuilder(errors) { Data = data };
        builder.AccountId(accountId);
        builder.FlowId(flowId);
        foreach (var key in webhookKeys) builder.AddWebhookKey(key);
        builder.ContentType(contentType);
        if (ttlSeconds is { } seconds) builder.TtlSeconds(seconds);
        return builder.Build();
    }

    /// <summary>SHA-256 of the data, byte for byte: two requests with one idempotency key are one event exactly when these are equal.</summary>
    public byte[] BodyHash() => SHA256.HashData(Data.Span);

    /// <summary>SHA-256 of the webhook keys.</summary>
    public byte[] KeysHash() => SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(' ', WebhookKeys)));
}
