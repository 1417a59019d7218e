using SetGet.Api.Access;
using SetGet.Api.Problems;
using SetGet.Core.Events;

namespace SetGet.Api.Contract;

/// <summary>The words of the OpenAPI document that belong to no single route.</summary>
internal static class Descriptions
{
    public const string Api =
        """
        Events are set under webhook keys, and read by webhook key.

        **Set**: `POST /set`, or `POST /hooks/...` for senders whose request cannot be changed. 202 means that the event is durable;
        it is readable shortly after. **Get**: `GET /get/{webhookKey}` and its relatives.

        Credentials: an API key in the header `X-Api-Key`. A key belongs to one account, or to `*`, and has roles: `set`, `get`, `admin`.

        Every error is a problem document (RFC 9457), `application/problem+json`, with `type`, `title`, `status`, `detail`, and `errors` by
        field where the input was wrong. Besides what each operation lists, the server answers 404 for a path and 405 for a method that
        it does not have, and 400, 408, 414, 431 and 505 for what is not valid HTTP. 503 means that nothing was accepted: send again.

        Times are RFC 3339 in UTC with milliseconds.
        """;

    public static IReadOnlyList<(string Name, string Description)> Tags { get; } =
    [
        ("Set", "Events come in."),
        ("Get", "Data goes out, by webhook key."),
        ("Settings", "TTLs, limits and signing secrets of an account."),
        ("API keys", "Who may do what."),
        ("Dead letters", "What could not be processed. For the root key."),
        ("Health", "For load balancers."),
    ];

    /// <summary>What a status means here, in a sentence.</summary>
    public static string OfStatus(int status) => status switch
    {
        400 => "Something in the request is not valid; 'errors' names each field, the rule and the fix.",
        401 => "There is no valid API key, or a webhook's signature is not valid.",
        403 => "The API key lacks the role, or belongs to another account.",
        404 => "There is nothing here, or nothing that this API key may know of.",
        408 => "The body came too slowly. Nothing was accepted.",
        409 => "The state of things forbids it; the type says which.",
        413 => "The body is too large, or a limit of the account is reached.",
        415 => "The body is not JSON in UTF-8, or is compressed.",
        429 => "A limit of the account is reached for now; 'detail' says which, Retry-After when to send again.",
        _ => "The queue or the store does not answer. Nothing was accepted; send again after Retry-After.",
    };

    public static IReadOnlyList<HeaderDoc> HeadersOf(int status) => status switch
    {
        401 => [new HeaderDoc("WWW-Authenticate", "How to authenticate.", ProblemResults.Challenge)],
        415 => [new HeaderDoc("Accept-Encoding", "The content codings that are accepted.", "identity")],
        429 or 503 => [new HeaderDoc("Retry-After", "Seconds after which sending again makes sense.", "1")],
        _ => [],
    };

    /// <summary>A problem document as the status has it.</summary>
    public static Problem ProblemOf(int status) => status switch
    {
        400 => Kinds.Invalid("webhookKeys[0]", "Must be " + Names.WebhookKeyRule),
        401 => Kinds.NoCredentials(AccessMiddleware.HowTo),
        403 => Kinds.Forbidden("This API key lacks the role 'set'. Use a key that has it."),
        404 => Kinds.NotFound("Nothing is kept under 'order-42'."),
        408 => Kinds.Timeout(),
        409 => Kinds.IdempotencyConflict(),
        413 => Kinds.TooLarge(EnvelopeWriter.MaxSetBytes),
        415 => Kinds.UnsupportedMedia("This request names no content type; send JSON in UTF-8 with the header 'Content-Type: application/json'."),
        429 => Kinds.TooMany("Account 'acme' may send 100 requests per second. Nothing was accepted; send again after Retry-After.", 1),
        _ => Kinds.NothingAccepted("The queue does not answer."),
    };
}
