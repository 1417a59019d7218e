using SetGet.Api.Access;
using SetGet.Api.Http;
using SetGet.Api.OpenApi;
using SetGet.Api.Problems;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Redis;
using SetGet.Core.Senders;

namespace SetGet.Api.Set;

/// <summary><c>POST /set</c>: an event as a JSON object that says where its data goes.</summary>
internal static class SetEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
        => routes.MapPost("/set", SetAsync).WithName("set").WithTags("Set").RequireRole(ApiKeyRoles.Set)
            .WithSummary("Set an event under webhook keys")
            .WithDescription("Stores `data`, as it is written here, under every webhook key. The answer comes once the queue has the event; it is "
                + "readable shortly after.")
            .Takes(IdempotencyHeader.Key)
            .Reads<SetRequest>($"At most {EnvelopeWriter.MaxSetBytes} bytes.", """{"accountId":"acme","flowId":"orders","webhookKeys":["order-42"],"data":{"total":1.10},"ttlSeconds":3600}""")
            .AnswersAccepted();

    private static async Task<IResult> SetAsync(HttpContext context, Acceptor acceptor, FlowDoors doors)
    {
        MediaTypes.RequireJson(context.Request);
        using var body = await PooledBody.ReadAsync(context.Request, EnvelopeWriter.MaxSetBytes, context.RequestAborted);
        var errors = new InputErrors();
        var key = IdempotencyHeader.Read(context.Request, errors, IdempotencyHeader.Key);
        var request = RequestReader.Read(body.Bytes, errors);
        if (request is null || errors.Any) throw new ProblemException(ProblemKinds.Invalid(errors));

        var caller = context.Caller();
        caller.RequireAccount(request.AccountId);
        var arrived = acceptor.NewHead(caller.Id) with { IdempotencyKey = key };
        var (underKeys, head) = await AddKeysAsync(request, arrived, doors, context.RequestAborted);
        var text = body.Bytes;
        var accepted = await acceptor.AcceptAsync(
            underKeys, head, "set", (output, final) => EnvelopeWriter.WriteSet(output, final, text.Span), context.RequestAborted);
        return accepted.ToResult();
    }

    private static async ValueTask<(EventRequest Request, EnvelopeHead Head)> AddKeysAsync(
        EventRequest request, EnvelopeHead head, FlowDoors doors, CancellationToken cancellationToken)
    {
        try
        {
            var door = await doors.OpenForSetAsync(request.AccountId, request.FlowId, cancellationToken);
            var passage = door.AddKeys(request, head.IdempotencyKey, head.Id);
            if (DoorProblems.Of(passage) is { } problem) throw new ProblemException(problem);
            var added = passage.Request.WebhookKeys.Count - request.WebhookKeys.Count;
            return (passage.Request, head with { AddedKeys = added == 0 ? [] : [.. passage.Request.WebhookKeys.TakeLast(added)] });
        }
        catch (RedisUnavailableException)
        {
            // Accepting needs the queue alone: whoever stores the event asks the rules then.
            return (request, head);
        }
    }
}
