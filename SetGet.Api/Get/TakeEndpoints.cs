using SetGet.Api.Access;
using SetGet.Api.Contract;
using SetGet.Api.Http;
using SetGet.Api.Problems;
using SetGet.Api.Telemetry;
using SetGet.Core.Events;
using SetGet.Core.Store;

namespace SetGet.Api.Get;

/// <summary>The body of <c>POST /get/{webhookKey}/ack</c>.</summary>
/// <param name="LeaseId">What take answered with.</param>
public sealed record AckRequest(string LeaseId);

/// <summary><c>POST /get/{webhookKey}/take</c> and <c>/ack</c>: a key as a queue.</summary>
internal static class TakeEndpoints
{
    /// <summary>Longest lease id that is looked up. Characters.</summary>
    private const int MaxLeaseIdLength = 128;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/get/{webhookKey}/take", TakeAsync).WithName("take").WithMetadata(new NeedsRight(Right.Get)).WithDoc(GetDocs.Take);
        routes.MapPost("/get/{webhookKey}/ack", AckAsync).WithName("ack").WithMetadata(new NeedsRight(Right.Get)).WithDoc(GetDocs.Ack);
    }

    private static async Task TakeAsync(HttpContext context, string webhookKey, EventWaiter waiter, ApiMetrics metrics)
    {
        var errors = new InputErrors();
        var query = new Query(context.Request, errors);
        var account = KeyRoute.Account(context, webhookKey, query, errors);
        var max = query.Number("max", 1, 100, 1)!.Value;
        var lease = query.Number("lease", 1, 3600, null) is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        var wait = query.Seconds("wait", KeyRoute.MaxWaitSeconds);
        errors.ThrowIfAny();

        using var waiting = metrics.Wait();
        var taken = await waiter.TakeAsync(account!, webhookKey, max, lease, wait, context.RequestAborted);
        metrics.Taken(taken.Events.Count, lease is not null);
        await JsonResponse.WriteAsync(context, taken, static (json, taken) =>
        {
            EventJson.WriteList(json, taken.Events);
            if (taken.LeaseId is { } id) json.WriteString("leaseId"u8, id);
        });
    }

    private static async Task<IResult> AckAsync(HttpContext context, string webhookKey, EventReader reader)
    {
        var errors = new InputErrors();
        var account = KeyRoute.Account(context, webhookKey, new Query(context.Request, errors), errors);
        errors.ThrowIfAny();
        var request = await JsonBody.ReadAsync(context, ApiJson.Wire.AckRequest);
        if (request.LeaseId.Length is 0 or > MaxLeaseIdLength) errors.Add("leaseId", "Must be the 'leaseId' that take answered with.");
        errors.ThrowIfAny();
        if (await reader.AckAsync(account!, webhookKey, request.LeaseId, context.RequestAborted)) return TypedResults.NoContent();
        throw new ProblemException(Kinds.LeaseOver());
    }
}
