using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SetGet.Client;

/// <summary>An event as it was read.</summary>
/// <param name="Id">The event id, a UUID.</param>
/// <param name="FlowId">The flow that it came from.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="ExpiresAt">From when on nobody reads it.</param>
/// <param name="ContentType">As it was sent.</param>
/// <param name="Data">The data, byte for byte as it was sent.</param>
public sealed record SetGetEvent(
    string Id, string FlowId, DateTimeOffset AcceptedAt, DateTimeOffset ExpiresAt, string ContentType, ReadOnlyMemory<byte> Data)
{
    /// <summary>The headers that a raw webhook came with, by lower-case name; empty for what was set.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The data as JSON.</summary>
    /// <param name="type">From a <c>JsonSerializerContext</c> of the caller's.</param>
    /// <exception cref="JsonException">It is not JSON, or not of that shape.</exception>
    public T? Json<T>(JsonTypeInfo<T> type) => JsonSerializer.Deserialize(Data.Span, type);
}

/// <summary>An event of a history, and where to go on.</summary>
/// <param name="Event">The event.</param>
/// <param name="Next">The cursor behind the last event of this one's page; null for all but that last one.</param>
public sealed record ListedEvent(SetGetEvent Event, string? Next);

/// <summary>Events that were taken.</summary>
/// <param name="Events">Oldest first; may be empty.</param>
/// <param name="LeaseId">For <see cref="ISetGetClient.AckAsync"/>; null without a lease or without events.</param>
public sealed record TakenBatch(IReadOnlyList<SetGetEvent> Events, string? LeaseId);

/// <summary>An event to set.</summary>
public sealed record SetEvent
{
    /// <summary>The owner; as <see cref="SetGetClientOptions.Account"/>, where null.</summary>
    public string? AccountId { get; init; }

    /// <summary>The integration that it comes from.</summary>
    public required string FlowId { get; init; }

    /// <summary>One or more keys that it will be read under.</summary>
    public required IReadOnlyList<string> WebhookKeys { get; init; }

    /// <summary>JSON text in UTF-8. It is sent, stored and read byte for byte.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>How long it is kept, whole seconds; null: as the flow, the account or the default says.</summary>
    public TimeSpan? Ttl { get; init; }

    /// <summary>Makes the event one, however often it is set within 24 hours; null: the client makes one for its own retries.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>What the API answers once an event is durable.</summary>
/// <param name="Id">The event id, a UUID.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="WebhookKeys">The keys that it will be read under.</param>
public sealed record AcceptedSet(string Id, DateTimeOffset AcceptedAt, IReadOnlyList<string> WebhookKeys);
