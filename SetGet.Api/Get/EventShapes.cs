using System.Text.Json;

namespace SetGet.Api.Get;

// The answers that are written by hand (EventJson), because data must not pass through a serialiser; here for the OpenAPI document.

/// <summary>An event as a reader gets it.</summary>
/// <param name="Id">The event id, a UUID.</param>
/// <param name="FlowId">The flow that it came from.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="ExpiresAt">From when on nobody reads it.</param>
/// <param name="ContentType">As it was sent.</param>
/// <param name="Data">The data, byte for byte, where it is JSON; else absent.</param>
/// <param name="DataBase64">The data in base64, where it is not JSON; else absent.</param>
public record EventEntry(
    string Id, string FlowId, DateTimeOffset AcceptedAt, DateTimeOffset ExpiresAt, string ContentType, JsonElement? Data = null, string? DataBase64 = null);

/// <summary>A page of events, oldest first.</summary>
/// <param name="Events">May be empty.</param>
/// <param name="Next">For <c>?after=</c>: where to go on, also at the end, when new events have come.</param>
public sealed record EventList(IReadOnlyList<EventEntry> Events, string Next);

/// <summary>Events that were taken off their key, oldest first.</summary>
/// <param name="Events">May be empty.</param>
/// <param name="LeaseId">What to acknowledge with; absent without a lease or without events.</param>
public sealed record TakenList(IReadOnlyList<EventEntry> Events, string? LeaseId = null);

/// <summary>The newest event of one key, where there is one.</summary>
/// <param name="WebhookKey">The key that was asked for.</param>
/// <param name="Found">Whether there is an event; all else is absent where not.</param>
/// <param name="Id">The event id.</param>
/// <param name="FlowId">The flow that it came from.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="ExpiresAt">From when on nobody reads it.</param>
/// <param name="ContentType">As it was sent.</param>
/// <param name="Data">The data, where it is JSON.</param>
/// <param name="DataBase64">The data in base64, where it is not JSON.</param>
public sealed record ManyEntry(
    string WebhookKey, bool Found, string? Id = null, string? FlowId = null, DateTimeOffset? AcceptedAt = null, DateTimeOffset? ExpiresAt = null,
    string? ContentType = null, JsonElement? Data = null, string? DataBase64 = null);

/// <summary>The newest event of each key, in the order asked.</summary>
public sealed record ManyResults(IReadOnlyList<ManyEntry> Results);
