using System.Text.Json;

namespace SetGet.Api.Get;

// Answers with data are written by hand (EventJson), because data must not pass through a serialiser; their records are for the OpenAPI document.

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
