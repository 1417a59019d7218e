using System.Security.Cryptography;
using System.Text;

namespace SetGet.Core.Events;

/// <summary>What a sender asks for: this data, under these keys of this account.</summary>
public sealed record EventRequest
{
    /// <summary>The content type of what came in through <c>POST /set</c>.</summary>
    public const string Json = "application/json";

    internal static readonly IReadOnlyDictionary<string, string> NoHeaders = new Dictionary<string, string>();

    public required string AccountId { get; init; }

    public required string FlowId { get; init; }

    /// <summary>Distinct, in the order that the sender gave; those of the flow's key rules follow. None only until the rules were asked.</summary>
    public required IReadOnlyList<string> WebhookKeys { get; init; }

    /// <summary>The data, byte for byte. For JSON a slice of the request text, never a copy.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    public string ContentType { get; init; } = Json;

    /// <summary>A raw webhook's headers, as <see cref="HeaderRules"/> keep them, by lower-case name; empty for what came through <c>POST /set</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = NoHeaders;

    /// <summary>What it takes in the store: data and headers. Bytes.</summary>
    public int Size => Data.Length + HeaderRules.BytesOf(Headers);

    /// <summary>Seconds that the sender wants it to be kept, at least 1; null: as the flow, the account or the default says.</summary>
    public int? TtlSeconds { get; init; }

    /// <summary>Checks the parts of a raw webhook and joins them; its webhook keys may all be left to the flow's rules. Null when <paramref name="errors"/> has got something.</summary>
    public static EventRequest? Create(string accountId, string flowId, IEnumerable<string> webhookKeys, int? ttlSeconds,
        string contentType, IEnumerable<KeyValuePair<string, string>> headers, InputErrors errors)
    {
        var builder = new RequestBuilder(errors) { MayHaveNoKeys = true };
        builder.AccountId(accountId);
        builder.FlowId(flowId);
        foreach (var key in webhookKeys) builder.AddWebhookKey(key);
        builder.ContentType(contentType);
        foreach (var (name, value) in headers) builder.AddHeader(name, value);
        if (ttlSeconds is { } seconds) builder.TtlSeconds(seconds);
        return builder.Build();
    }

    /// <summary>The same under further webhook keys too.</summary>
    public EventRequest WithKeys(IReadOnlyList<string> further)
    {
        ArgumentNullException.ThrowIfNull(further);
        return further.Count == 0 ? this : this with { WebhookKeys = [.. WebhookKeys.Union(further, StringComparer.Ordinal)] };
    }

    /// <summary>SHA-256 of the data, byte for byte: two requests with one idempotency key are one event exactly when these are equal.</summary>
    public byte[] BodyHash() => SHA256.HashData(Data.Span);

    /// <summary>SHA-256 of the webhook keys.</summary>
    public byte[] KeysHash() => SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(' ', WebhookKeys)));
}
