namespace SetGet.Core.Store;

/// <summary>An event as a reader gets it.</summary>
/// <param name="Id">The event id, a lower-case UUID.</param>
/// <param name="Headers">The sender's, by lower-case name; empty for what came through <c>POST /set</c>.</param>
/// <param name="Data">Byte for byte as it was sent.</param>
public sealed record StoredEvent(
    string Id,
    string FlowId,
    DateTimeOffset AcceptedAt,
    DateTimeOffset ExpiresAt,
    string ContentType,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Data);

/// <summary>Events of one key, oldest first; what arrived late since the cursor comes before the rest.</summary>
/// <param name="Events">May be empty.</param>
/// <param name="Next">Where to go on; always set, also at the end: ask again with it later.</param>
public sealed record EventPage(IReadOnlyList<StoredEvent> Events, EventCursor Next);

/// <summary>Events that were taken off a key.</summary>
/// <param name="Events">Oldest first; may be empty.</param>
/// <param name="LeaseId">For <see cref="EventTaker.AckAsync"/>; null without a lease or without events.</param>
public sealed record TakenEvents(IReadOnlyList<StoredEvent> Events, string? LeaseId);

/// <summary>What became of an envelope.</summary>
public enum StoreOutcome
{
    /// <summary>It is under at least one key where it was not before.</summary>
    Stored,

    /// <summary>All its keys had it before: delivered twice, or sent twice with one idempotency key.</summary>
    Duplicate,

    /// <summary>It had expired when it arrived, and was dropped.</summary>
    Expired,

    /// <summary>Its idempotency key was used for another request: it can never be stored.</summary>
    Conflict,

    /// <summary>A fault that may pass: try again later.</summary>
    Failed,
}

/// <summary>What became of an envelope.</summary>
/// <param name="IsLate">It went behind a newer event under at least one key.</param>
/// <param name="Fault">Why, when <see cref="StoreOutcome.Failed"/>.</param>
public readonly record struct StoreResult(StoreOutcome Outcome, bool IsLate = false, Exception? Fault = null);
