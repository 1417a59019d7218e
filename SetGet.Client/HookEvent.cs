namespace SetGet.Client;

/// <summary>A raw webhook to send: a body of any type, which comes back as it is.</summary>
public sealed record HookEvent
{
    /// <summary>The owner; as <see cref="SetGetClientOptions.Account"/>, where null.</summary>
    public string? AccountId { get; init; }

    /// <summary>The integration that it comes from.</summary>
    public required string FlowId { get; init; }

    /// <summary>The keys that it will be read under; none, where the flow's key rules make them.</summary>
    public IReadOnlyList<string> WebhookKeys { get; init; } = [];

    /// <summary>The body, byte for byte.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What the body is.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Headers that are kept with it, at most 64 and 8 KiB together.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>How long it is kept, whole seconds; null: as the flow, the account or the default says.</summary>
    public TimeSpan? Ttl { get; init; }

    /// <summary>
    /// The delivery's id, sent as <c>webhook-id</c>: it makes the webhook one event, however often it is sent within 24 hours. Null: the client makes one for its
    /// own retries.
    /// </summary>
    public string? Id { get; init; }
}
