using System.Buffers.Binary;
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

    /// <summary>
    /// SHA-256 over everything that the sender asked for: two requests with one idempotency key are the same request exactly when
    /// these are equal. White space between the members of the request does not count, that within the data does.
    /// </summary>
    public byte[] ContentHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendText(hash, AccountId);
        AppendText(hash, FlowId);
        AppendText(hash, string.Join(' ', WebhookKeys));
        AppendText(hash, ContentType);
        AppendText(hash, TtlSeconds?.ToString() ?? "");
        hash.AppendData(Data.Span);
        return hash.GetHashAndReset();
    }

    private static void AppendText(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
