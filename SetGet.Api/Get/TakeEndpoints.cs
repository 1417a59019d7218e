using System.ComponentModel.DataAnnotations;
using SetGet.Api.Access;
using SetGet.Api.Http;
using SetGet.Api.OpenApi;
using SetGet.Api.Problems;
using SetGet.Api.Telemetry;
using SetGet.Core.Accounts;
using SetGet.Core.Store;

namespace SetGet.Api.Get;

/// <summary>Events that were taken off their key, oldest first.</summary>
/// <param name="Events">May be empty.</param>
/// <param name="LeaseId">What to acknowledge with; absent without a lease or without events.</param>
public sealed record TakenList(IReadOnlyList<EventEntry> Events, string? LeaseId = null);

/// <summary>The body of <c>POST /get/{webhookKey}/ack</c>.</summary>
/// <param name="LeaseId">What take answered with.</param>
public sealed record AckRequest([property: Length(1, 128, ErrorMessage = "Must be the 'leaseId' that take answered with.")] string LeaseId);

/// <summary><c>POST /get/{webhookKey}/take</c> and <c>/ack</c>: a key as a queue.</summary>
internal static class TakeEndpoints
{
    private static readonly NumberParameter Max = new("max", "Most events to take.", 1, 100, Default: 1);

    private static readonly NumberParameter Lease = new("lease", "Seconds that the events stay hidden, and can be acknowledged.", 1, 3600) { Example = "60" };

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/get/{webhookKey}/take", TakeAsync).WithName("take").WithTags("Get").RequireRole(ApiKeyRoles.Get)
            .WithSummary("Take the oldest events")
            .WithDescription("Removes the oldest events and returns them; no two callers get the same one. With `lease` they are hidden for so long, "
                + "and then back, unless acknowledged. Without, they are gone once they are answered.")
            .Takes(Parameter.WebhookKey, KeyRoute.Account, Max, Lease, KeyRoute.Wait)
            .Answers<TakenList>(200, "The events; there may be none.", $$"""{"events":[{{ExampleEvent.Json}}],"leaseId":"5f0c2d3e4b5a6978"}""")
            .Fails(404);
        routes.MapPost("/get/{webhookKey}/ack", AckAsync).WithName("ack").WithTags("Get").RequireRole(ApiKeyRoles.Get)
            .WithSummary("Acknowledge a lease")
            .WithDescription("The leased events are gone for good.")
            .Takes(Parameter.WebhookKey, KeyRoute.Account)
            .Reads<AckRequest>("What take answered with.", """{"leaseId":"5f0c2d3e4b5a6978"}""")
            .Answers(204, "The events are gone.")
            .Fails(404, 409);
    }

    private static async Task TakeAsync(HttpContext context, string webhookKey, EventWaiter waiter, ApiMetrics metrics)
    {
        var query = new QueryReader(context.Request);
        var account = KeyRoute.ReadAccount(context, webhookKey, query);
        var max = query.Number(Max)!.Value;
        var lease = query.Number(Lease) is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        var wait = query.Seconds(KeyRoute.Wait);
        query.Errors.ThrowIfAny();

        using var waiting = metrics.Wait();
        var taken = await waiter.TakeAsync(account, webhookKey, max, lease, wait, context.RequestAborted);
        metrics.Taken(taken.Events.Count, lease is not null);
        await JsonResponse.WriteAsync(context, taken, static (json, taken) =>
        {
            EventJson.WriteList(json, taken.Events);
            if (taken.LeaseId is { } id) json.WriteString("leaseId"u8, id);
        });
    }

    private static async Task<IResult> AckAsync(HttpContext context, string webhookKey, EventTaker taker)
    {
        var query = new QueryReader(context.Request);
        var account = KeyRoute.ReadAccount(context, webhookKey, query);
        query.Errors.ThrowIfAny();
        var request = await JsonBody.ReadAsync(context, GetJson.Wire.AckRequest, query.Errors);
        query.Errors.ThrowIfAny();
        if (await taker.AckAsync(account, webhookKey, request.LeaseId, context.RequestAborted)) return TypedResults.NoContent();
        throw new ProblemException(ProblemKinds.LeaseOver());
    }
}
