using SetGet.Api.Access;
using SetGet.Api.Problems;
using SetGet.Core.Events;

namespace SetGet.Api.OpenApi;

/// <summary>What the OpenAPI document says of the problems that routes answer with, by status.</summary>
internal static class ProblemAnswers
{
    /// <summary>What a status means here, in a sentence.</summary>
    public static string Meaning(int status) => status switch
    {
        400 => "Something in the request is not valid; 'errors' names each field, the rule and the fix.",
        401 => "There is no valid API key, or a webhook's signature is not valid.",
        403 => "The API key lacks the role, or belongs to another account.",
        404 => "There is nothing here, or nothing that this API key may know of.",
        408 => "The body came too slowly. Nothing was accepted.",
        409 => "The state of things forbids it; the type says which.",
        412 => "A condition of the request does not hold, or cannot be kept here. Nothing was done.",
        413 => "The body is too large, or a limit of the account is reached.",
        415 => "The body is not JSON in UTF-8, or is compressed.",
        429 => "A limit of the account is reached for now; 'detail' says which, Retry-After when to send again.",
        _ => "The queue or the store does not answer. Nothing was accepted; send again after Retry-After.",
    };

    public static IReadOnlyList<HeaderDescription> Headers(int status) => status switch
    {
        401 => [new HeaderDescription("WWW-Authenticate", "How to authenticate.", ProblemWriter.Challenge)],
        415 => [new HeaderDescription("Accept-Encoding", "The content codings that are accepted.", "identity")],
        429 or 503 => [new HeaderDescription("Retry-After", "Seconds after which sending again makes sense.", "1")],
        _ => [],
    };

    /// <summary>A problem document as the status has it.</summary>
    public static Problem Example(int status) => status switch
    {
        400 => ProblemKinds.Invalid("webhookKeys[0]", "Must be " + Names.WebhookKeyRule),
        401 => ProblemKinds.NoCredentials(AccessMiddleware.HowToSendKey),
        403 => ProblemKinds.Forbidden("This API key lacks the role 'set'. Use a key that has it."),
        404 => ProblemKinds.NotFound("Nothing is kept under 'order-42'."),
        408 => ProblemKinds.Timeout(),
        409 => ProblemKinds.IdempotencyConflict(),
        412 => ProblemKinds.ConditionFailed(),
        413 => ProblemKinds.TooLarge(EnvelopeWriter.MaxSetBytes),
        415 => ProblemKinds.UnsupportedMedia("This request names no content type; send JSON in UTF-8 with the header 'Content-Type: application/json'."),
        429 => ProblemKinds.TooMany("Account 'acme' may send 100 requests per second. Nothing was accepted; send again after Retry-After.", 1),
        _ => ProblemKinds.NothingAccepted("The queue does not answer."),
    };
}
