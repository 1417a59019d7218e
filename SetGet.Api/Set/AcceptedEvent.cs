using SetGet.Api.OpenApi;

namespace SetGet.Api.Set;

/// <summary>What a sender gets back once the queue has its event.</summary>
/// <param name="Id">The event id, a UUID; with an idempotency key, the first request's.</param>
/// <param name="AcceptedAt">RFC 3339, milliseconds.</param>
/// <param name="WebhookKeys">The keys that the event will be found under, without repetitions.</param>
public sealed record AcceptedEvent(string Id, DateTimeOffset AcceptedAt, IReadOnlyList<string> WebhookKeys);

/// <summary>The answer of every way in.</summary>
internal static class AcceptedAnswer
{
    private const string Example = """{"id":"019a1b2c-3d4e-7f50-8a1b-2c3d4e5f6a7b","acceptedAt":"2026-01-31T12:00:00.123Z","webhookKeys":["order-42"]}""";

    public static IResult ToResult(this AcceptedEvent accepted)
        => TypedResults.Json(accepted, SetJson.Wire.AcceptedEvent, statusCode: StatusCodes.Status202Accepted);

    /// <summary>A conflict of idempotency keys, or a limit of the account, beside it.</summary>
    public static RouteHandlerBuilder AnswersAccepted(this RouteHandlerBuilder route)
        => route.Answers<AcceptedEvent>(202, "The event is durable.", Example).Fails(409, 429);
}
