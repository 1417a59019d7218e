using Microsoft.OpenApi;
using SetGet.Api.Access;
using SetGet.Api.Http;
using SetGet.Api.OpenApi;
using SetGet.Api.Problems;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Senders;

namespace SetGet.Api.Set;

/// <summary><c>POST /hooks/...</c>: a webhook as its sender makes it; where its data goes is in the URL.</summary>
internal static class HookEndpoints
{
    /// <summary>Most keys that a URL may name. Kestrel takes 8 KiB of request line, so this is never the limit that is met.</summary>
    private const int MaxKeys = 1000;

    private static readonly Parameter FurtherKeys =
        new("key", ParameterLocation.Query, "Further webhook keys, separated by commas; may be repeated.", "customer-7")
        {
            IsRepeatable = true,
        };

    private static readonly NumberParameter Ttl = new(
        "ttl", "Seconds that the event is kept; as the flow, the account or the default says, where absent.", 1, int.MaxValue)
    {
        Example = "3600",
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        Describe(routes.MapPost("/hooks/{accountId}/{flowId}/{webhookKey}", HookAsync).WithName("hook"))
            .WithSummary("Take a raw webhook")
            .Takes(Parameter.WebhookKey);
        Describe(routes.MapPost("/hooks/{accountId}/{flowId}", HookAsync).WithName("hookByRules"))
            .WithSummary("Take a raw webhook, its keys by the flow's rules")
            .Fails(422);
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route) => route.WithTags("Set").NotesDeliveries()
        .RequireRole(ApiKeyRoles.Set, signatureMayReplaceKey: true)
        .WithDescription(
            """
            Any body, of any content type, for senders whose request cannot be changed: account, flow and webhook key are in the URL; the key rules of the
            flow's source add further keys, and are all there is where the URL names none. The headers are kept with the event: not credentials, not those of
            the connection or of proxies; at most 64 and 8 KiB together.

            A flow without signing secrets asks for an API key. A flow with signing secrets accepts only requests that are signed with one of
            them; then no API key is needed, but one that is sent must be valid too. What is signed (an id; the body; time and body) makes such a delivery
            one event, however often it is sent within 24 hours; Idempotency-Key counts beside an API key only.
            """)
        .Takes(Parameter.AccountId, Parameter.FlowId, FurtherKeys, Ttl, IdempotencyHeader.Key, IdempotencyHeader.WebhookId)
        .ReadsBytes(
            $"At most {EnvelopeWriter.MaxHookBytes([])} bytes, less three quarters of what webhook keys and headers take: it travels in base64.",
            """{"action":"opened"}""")
        .AnswersAccepted()
        .Answers(200, "A handshake's answer, where the flow's source has one of those that come as a webhook (Slack, Zoom, Microsoft Graph): nothing was accepted.");

    private static async Task<IResult> HookAsync(
        HttpContext context, string accountId, string flowId, string? webhookKey, Acceptor acceptor, FlowDoors doors)
    {
        var query = new QueryReader(context.Request);
        var keys = Keys(context.Request, webhookKey, query.Errors);
        var idempotencyKey = IdempotencyHeader.Read(context.Request, query.Errors, IdempotencyHeader.Key, IdempotencyHeader.WebhookId);
        var parts = EventRequest.Create(
            accountId, flowId, keys, query.Number(Ttl), ContentType(context.Request), WebhookHeaders.Of(context.Request), query.Errors);
        var caller = context.Features.Get<ApiKey>();
        if (caller is null && parts is null) throw new ProblemException(ProblemKinds.NoCredentials(AccessMiddleware.HowToSendKey));
        if (parts is null) throw new ProblemException(ProblemKinds.Invalid(query.Errors));
        caller?.RequireAccount(accountId);
        MediaTypes.RequireNoCoding(context.Request);

        // Before the body is read, so that a stranger's is not.
        var head = acceptor.NewHead(caller?.Id ?? ApiKey.SignatureId);
        var door = await doors.OpenAsync(accountId, flowId, DateTimeOffset.FromUnixTimeMilliseconds(head.AcceptedAt), context.RequestAborted);
        if (caller is null && !door.AsksForSignature) throw new ProblemException(ProblemKinds.NoCredentials(AccessMiddleware.HowToSendKey));
        using var body = await PooledBody.ReadAsync(
            context.Request, EnvelopeWriter.MaxHookBytes(parts.WebhookKeys, parts.Headers), context.RequestAborted);
        var webhook = parts with { Data = body.Bytes };
        if (door.Answer(webhook, name => context.Request.Query[name]) is { } answer) return answer.ToResult(context);
        var passage = door.Judge(webhook, isKnown: caller is not null, idempotencyKey, head.Id);
        context.Features.Set(passage.Fault);
        if (DoorProblems.Of(passage) is { } problem) throw new ProblemException(problem);
        var accepted = await acceptor.AcceptAsync(
            passage.Request, head with { IdempotencyKey = passage.IdempotencyKey, AddedKeys = [] }, "hooks",
            (output, final) => EnvelopeWriter.WriteHook(output, final, passage.Request), context.RequestAborted);
        context.Features.Set(accepted);
        return accepted.ToResult();
    }

    private static List<string> Keys(HttpRequest request, string? first, InputErrors errors)
    {
        List<string> keys = first is null ? [] : [first];
        // The gateway sees the last only of a repeated parameter: commas, which no key can have, mean the same in both ways in.
        foreach (var some in request.Query[FurtherKeys.Name]) keys.AddRange((some ?? "").Split(','));
        if (keys.Count > MaxKeys) errors.Add(FurtherKeys.Name, $"At most {MaxKeys} webhook keys fit into a URL; POST /set takes more.");
        return keys;
    }

    private static string ContentType(HttpRequest request)
        => string.IsNullOrEmpty(request.ContentType) ? MediaTypes.Unknown : request.ContentType;
}
