using Microsoft.AspNetCore.WebUtilities;
using SetGet.Core.Events;

namespace SetGet.Api.Problems;

/// <summary>The kinds of problems, one method each. To add one: choose a code, a title, and a detail that says what to do.</summary>
internal static class ProblemKinds
{
    public const string TypePrefix = "urn:setget:problem:";

    public static Problem Invalid(InputErrors errors)
    {
        const string Detail = "Correct what 'errors' names and send again; nothing was accepted or changed.";
        return Of(400, "invalid-request", "The request is not valid", Detail) with { Errors = errors.ByField };
    }

    public static Problem Invalid(string field, string message)
    {
        var errors = new InputErrors();
        errors.Add(field, message);
        return Invalid(errors);
    }

    public static Problem BadRequest(string detail) => Of(400, "bad-request", "The request cannot be read", detail);

    public static Problem NoCredentials(string detail) => Of(401, "unauthorized", "No valid API key", detail);

    public static Problem BadSignature(string detail) => Of(401, "bad-signature", "The webhook's signature is not valid", detail);

    public static Problem Forbidden(string detail) => Of(403, "forbidden", "The API key may not do this", detail);

    public static Problem NotFound(string detail) => Of(404, "not-found", "There is nothing here", detail);

    public static Problem NoRoute(string method, string path) => Of(404, "no-route", "There is no such route",
        $"Nothing answers to {method} {path}. /openapi/v1.json lists the routes; /docs is a page to try them in.");

    public static Problem MethodNotAllowed(string method, string allowed) => Of(405, "method-not-allowed", "The route does not have this method",
        $"{method} is not possible here; use one of: {allowed}.");

    public static Problem Timeout() => Of(408, "request-timeout", "The request came too slowly",
        "The request's body did not arrive in time. Nothing was accepted; send it again.");

    public static Problem LeaseOver() => Of(409, "lease-expired", "The lease is over",
        "The lease is unknown, was acknowledged already, or ran out, and its events are back. Take again, with a longer 'lease'.");

    public static Problem IdempotencyConflict() => Of(409, "idempotency-conflict", "The idempotency key was used for another request",
        "Within 24 hours a key may be sent again with the same request only. Use a new key for a new event.");

    public static Problem RedriveRuns() => Of(409, "redrive-runs", "A redrive is running",
        "SQS is moving dead letters already. GET /dead-letters/redrive tells how far it is.");

    public static Problem ConditionFailed() => Of(412, "condition-failed", "The newest event is another one",
        "None of the tags of If-Match is that of the newest event now. Nothing was done; read it again, and decide anew.");

    public static Problem ConditionNotSupported(string header) => Of(412, "condition-not-supported", "The condition cannot be kept here",
        $"This route cannot keep the condition of {header}, so nothing was done. Send the request without it; GET and DELETE of a webhook key know If-Match.");

    public static Problem TooLarge(long maximum) => Of(413, "too-large", "The request is too large",
        $"The body may be at most {maximum} bytes here. Send less data, or send a reference to where it is kept.");

    public static Problem OverLimit(string detail) => Of(413, "limit-reached", "A limit of the account is reached", detail);

    public static Problem UnsupportedMedia(string detail) => Of(415, "unsupported-media-type", "The body's type is not supported", detail);

    public static Problem NoWebhookKey(string detail) => Of(422, "no-webhook-key", "There is no webhook key to store the event under", detail);

    public static Problem TooMany(string detail, int retryAfter)
        => Of(429, "too-many-requests", "The account sends too many requests", detail) with { RetryAfterSeconds = retryAfter };

    public static Problem Internal() => Of(500, "internal-error", "Something is broken in SetGet",
        "The request could not be handled, through no fault of yours. Send it again; tell the operators the 'traceId' if it fails again.");

    public static Problem NothingAccepted(string what) => Unavailable($"{what} Nothing was accepted.");

    public static Problem Unavailable(string what)
        => Of(503, "unavailable", "SetGet is not available", $"{what} Send again after Retry-After.") with { RetryAfterSeconds = 1 };

    /// <summary>For what the server refuses before it is a request.</summary>
    public static Problem NotHttp(int status) => Of(status, $"status-{status}", ReasonPhrases.GetReasonPhrase(status), status switch
    {
        408 => "The request did not arrive in time. Send it again.",
        413 => "The request's body is too large. Send less data, or send a reference to where it is kept.",
        414 => "The URL is too long. Names and queries fit into 8 KiB; POST /set and POST /get take many webhook keys in a body.",
        431 => "The request's headers are too large or too many. Send fewer: at most 100, and 32 KiB in all.",
        505 => "The HTTP version is not supported. Use HTTP/1.1 or HTTP/2.",
        _ => "This is not valid HTTP: check the request line, the Host header, the header lines and Content-Length; and that the URL begins with "
            + "http://, not https://.",
    });

    /// <summary>For a status that a part of the framework answered with, and no more.</summary>
    public static Problem OfStatus(int status)
        => Of(status, $"status-{status}", ReasonPhrases.GetReasonPhrase(status), $"The server answered with the status {status}.");

    private static Problem Of(int status, string code, string title, string detail) => new(TypePrefix + code, title, status, detail);
}
