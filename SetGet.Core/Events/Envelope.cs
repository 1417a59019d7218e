using System.Diagnostics;

namespace SetGet.Core.Events;

/// <summary>What acceptance adds to a request.</summary>
/// <param name="Id">The event id: a UUID, lower-case, with hyphens.</param>
/// <param name="AcceptedAt">Epoch milliseconds.</param>
/// <param name="Sender">The id of the API key; <c>root</c> for the root key.</param>
/// <param name="IdempotencyKey">As <see cref="Names.IsIdempotencyKey"/> allows, or null.</param>
/// <param name="TraceParent">W3C trace context of the acceptance, or null.</param>
/// <param name="AddedKeys">
/// Webhook keys besides those in the request's own text, from the flow's key rules: a set request travels as its sender wrote it. Null where nobody has asked
/// the rules yet.
/// </param>
public sealed record EnvelopeHead(
    string Id, long AcceptedAt, string Sender, string? IdempotencyKey, string? TraceParent, IReadOnlyList<string>? AddedKeys = null);

/// <summary>One accepted event on its way through the queue.</summary>
public sealed record Envelope(EnvelopeHead Head, EventRequest Request)
{
    public string Id => Head.Id;

    /// <summary>Epoch milliseconds.</summary>
    public long AcceptedAt => Head.AcceptedAt;

    /// <summary>A raw webhook, rather than a set request.</summary>
    public bool IsWebhook { get; init; }

    /// <summary>The parent of the span that the store writes; not part of the message.</summary>
    public ActivityContext TraceContext { get; set; }
}

/// <summary>Why a message can never be stored.</summary>
/// <param name="Reason">Short and stable: one of <see cref="DeadLetterReasons"/>.</param>
/// <param name="Detail">A sentence for the operator; never holds data.</param>
public sealed record EnvelopeFault(string Reason, string Detail);

/// <summary>The reasons of dead letters. They are stored with the messages and filtered on: never rename one.</summary>
public static class DeadLetterReasons
{
    public const string NotJson = "not-json";
    public const string NotAnEnvelope = "not-an-envelope";
    public const string UnsupportedVersion = "unsupported-version";
    public const string InvalidId = "invalid-id";
    public const string InvalidAcceptedAt = "invalid-accepted-at";
    public const string InvalidSender = "invalid-sender";
    public const string InvalidIdempotencyKey = "invalid-idempotency-key";
    public const string InvalidAccount = "invalid-account";
    public const string InvalidFlow = "invalid-flow";
    public const string NoWebhookKeys = "no-webhook-keys";
    public const string InvalidWebhookKey = "invalid-webhook-key";
    public const string InvalidTtl = "invalid-ttl";
    public const string InvalidRequest = "invalid-request";
    public const string IdempotencyConflict = "idempotency-conflict";
    public const string SenderNotAllowed = "sender-not-allowed";

    /// <summary>
    /// No key of that id is known: it was deleted long ago, or the store has lost its data. Once the key is known again, a redrive stores it.
    /// </summary>
    public const string SenderUnknown = "sender-unknown";

    /// <summary>More headers than an event may have, or one that is no text.</summary>
    public const string InvalidHeaders = "invalid-headers";

    /// <summary>A webhook without a signature, for a flow that takes signed ones only.</summary>
    public const string SignatureMissing = "signature-missing";

    /// <summary>A webhook whose signature is of none of the flow's secrets, or was made too long before it came.</summary>
    public const string SignatureInvalid = "signature-invalid";

    /// <summary>Its sender names no webhook key, and the flow's key rules find none in it.</summary>
    public const string NoKeyFound = "no-webhook-key";

    /// <summary>More webhook keys than the account's limit.</summary>
    public const string TooManyWebhookKeys = "too-many-webhook-keys";

    /// <summary>Moved by SQS itself, and so without attributes: it was received too often.</summary>
    public const string MaxReceiveCount = "max-receive-count";
}
