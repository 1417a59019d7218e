using SetGet.Api.Access;
using SetGet.Api.Contract;
using SetGet.Api.Http;
using SetGet.Api.Problems;
using SetGet.Api.Signing;
using SetGet.Core.Accounts;
using SetGet.Core.Events;

namespace SetGet.Api.Set;

/// <summary><c>POST /hooks/...</c>: a webhook as its sender makes it; where its data goes is in the URL.</summary>
internal static class HookEndpoints
{
    /// <summary>Most keys that a URL may name. Kestrel takes 8 KiB of request line, so this is never the limit that is met.</summary>
    private const int MaxKeys = 1000;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/hooks/{accountId}/{flowId}/{webhookKey}", HookAsync).WithName("hook")
            .WithMetadata(new NeedsRight(Right.Set, SignatureMayReplaceKey: true)).WithDoc(SetDocs.Hook);

    private static async Task<IResult> HookAsync(
        HttpContext context, string accountId, string flowId, string webhookKey, Acceptor acceptor, WebhookGuard guard)
    {
        var errors = new InputErrors();
        var keys = Keys(context.Request, webhookKey, errors);
        var ttl = new Query(context.Request, errors).Number("ttl", 1, int.MaxValue, null);
        var idempotencyKey = IdempotencyHeader.Read(context.Request, errors, IdempotencyHeader.Name, IdempotencyHeader.WebhookId);
        var parts = EventRequest.Create(accountId, flowId, keys, ttl, ContentType(context.Request), default, errors);
        var caller = context.Features.Get<Caller>();
        if (caller is null && parts is null) throw new ProblemException(Kinds.NoCredentials(AccessMiddleware.HowTo));
        if (parts is null) throw new ProblemException(Kinds.Invalid(errors));
        caller?.RequireAccount(accountId);
        MediaTypes.RequireNoCoding(context.Request);

        var secrets = await guard.SecretsAsync(accountId, flowId, caller, context.RequestAborted);
        using var body = await PooledBody.ReadAsync(context.Request, EnvelopeWriter.MaxHookBytes(parts.WebhookKeys), context.RequestAborted);
        guard.Check(context.Request, body.Bytes.Span, secrets);
        var request = parts with { Data = body.Bytes };
        var accepted = await acceptor.AcceptAsync(
            request, caller?.Id ?? ApiKey.SignatureId, idempotencyKey, "hooks",
            (output, head) => EnvelopeWriter.WriteHook(output, head, request), context.RequestAborted);
        return TypedResults.Json(accepted, ApiJson.Wire.AcceptedEvent, statusCode: StatusCodes.Status202Accepted);
    }

    private static List<string> Keys(HttpRequest request, string first, InputErrors errors)
    {
        var keys = new List<string> { first };
        // The gateway sees the last only of a repeated parameter: commas, which no key can have, mean the same in both ways in.
        foreach (var some in request.Query["key"]) keys.AddRange((some ?? "").Split(','));
        if (keys.Count > MaxKeys) errors.Add("key", $"At most {MaxKeys} webhook keys fit into a URL; POST /set takes more.");
        return keys;
    }

    private static string ContentType(HttpRequest request) =>
        string.IsNullOrEmpty(request.ContentType) ? MediaTypes.Unknown : request.ContentType;
}
