using SetGet.Api.Access;
using SetGet.Api.Contract;
using SetGet.Api.Http;
using SetGet.Api.Problems;
using SetGet.Core.Events;

namespace SetGet.Api.Set;

/// <summary><c>POST /set</c>: an event as a JSON object that says where its data goes.</summary>
internal static class SetEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/set", SetAsync).WithName("set").WithMetadata(new NeedsRight(Right.Set)).WithDoc(SetDocs.Set);

    private static async Task<IResult> SetAsync(HttpContext context, Acceptor acceptor)
    {
        MediaTypes.RequireJson(context.Request);
        using var body = await PooledBody.ReadAsync(context.Request, EnvelopeWriter.MaxSetBytes, context.RequestAborted);
        var errors = new InputErrors();
        var key = IdempotencyHeader.Read(context.Request, errors, IdempotencyHeader.Name);
        var request = RequestReader.Read(body.Bytes, errors);
        if (request is null || errors.Any) throw new ProblemException(Kinds.Invalid(errors));

        var caller = context.Caller();
        caller.RequireAccount(request.AccountId);
        var text = body.Bytes;
        var accepted = await acceptor.AcceptAsync(
            request, caller.Id, key, "set", (output, head) => EnvelopeWriter.WriteSet(output, head, text.Span), context.RequestAborted);
        return TypedResults.Json(accepted, ApiJson.Wire.AcceptedEvent, statusCode: StatusCodes.Status202Accepted);
    }
}

/// <summary>The headers that make a request idempotent.</summary>
internal static class IdempotencyHeader
{
    public const string Name = "Idempotency-Key";
    public const string WebhookId = "webhook-id";

    /// <summary>The first of the headers that is there; null where none is.</summary>
    public static string? Read(HttpRequest request, InputErrors errors, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var values = request.Headers[name];
            if (values.Count == 0) continue;
            if (values.Count == 1 && Names.IsIdempotencyKey(values.ToString())) return values.ToString();
            errors.Add(name, "Must be given once, and be " + Names.IdempotencyKeyRule);
            return null;
        }

        return null;
    }
}
