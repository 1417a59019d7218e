using System.Diagnostics;
using SetGet.Api.Access;
using SetGet.Api.Contract;
using SetGet.Api.Http;
using SetGet.Api.Problems;
using SetGet.Api.Telemetry;
using SetGet.Core.Events;
using SetGet.Core.Store;

namespace SetGet.Api.Get;

/// <summary><c>GET /get/{webhookKey}</c>, <c>HEAD</c> and <c>DELETE</c>: the newest event of a key; forgetting the key.</summary>
internal static class NewestEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/get/{webhookKey}", [HttpMethods.Get, HttpMethods.Head], GetAsync).WithName("get")
            .WithMetadata(new NeedsRight(Right.Get)).WithDoc(GetDocs.Newest);
        routes.MapDelete("/get/{webhookKey}", DeleteAsync).WithName("deleteKey")
            .WithMetadata(new NeedsRight(Right.Set)).WithDoc(GetDocs.Delete);
    }

    private static async Task GetAsync(HttpContext context, string webhookKey, EventReader reader, EventWaiter waiter, ApiMetrics metrics)
    {
        var errors = new InputErrors();
        var query = new Query(context.Request, errors);
        var account = KeyRoute.Account(context, webhookKey, query, errors);
        var wait = query.Seconds("wait", KeyRoute.MaxWaitSeconds);
        errors.ThrowIfAny();

        var known = EntityTags.Of(context.Request);
        var found = wait == TimeSpan.Zero
            ? await ReadAsync(reader, account!, webhookKey, metrics, context.RequestAborted)
            : await WaitAsync(waiter, account!, webhookKey, known, wait, metrics, context.RequestAborted);
        metrics.Read(found is not null);
        if (found is null) await context.WriteProblemAsync(Kinds.NotFound(Nothing(webhookKey)), context.RequestAborted);
        else if (known.Contain(found.Id)) EventResponse.WriteNotModified(context.Response, found);
        else await EventResponse.WriteAsync(context, found);
    }

    private static async Task<StoredEvent?> ReadAsync(EventReader reader, string account, string key, ApiMetrics metrics, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var found = await reader.GetNewestAsync(account, key, cancellation);
        metrics.NewestRead(Stopwatch.GetElapsedTime(started));
        return found;
    }

    // With *, the caller wants any event at all, and learns that there is one.
    private static async Task<StoredEvent?> WaitAsync(
        EventWaiter waiter, string account, string key, EntityTags known, TimeSpan wait, ApiMetrics metrics, CancellationToken cancellation)
    {
        using var waiting = metrics.Wait();
        return await waiter.NewestAsync(account, key, found => known.IsAny || !known.Contain(found.Id), wait, cancellation);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, string webhookKey, EventReader reader)
    {
        var errors = new InputErrors();
        var account = KeyRoute.Account(context, webhookKey, new Query(context.Request, errors), errors);
        errors.ThrowIfAny();
        if (await reader.DeleteAsync(account!, webhookKey, context.RequestAborted)) return TypedResults.NoContent();
        throw new ProblemException(Kinds.NotFound($"Nothing is kept under '{webhookKey}'."));
    }

    private static string Nothing(string key) =>
        $"Nothing is kept under '{key}': no event was set under it, or its time is over, or it was taken. An event is readable shortly after its 202; add ?wait=10 to wait for one.";
}

/// <summary>What the routes below <c>/get/{webhookKey}</c> share.</summary>
internal static class KeyRoute
{
    /// <summary>Longest that a request may wait, below what load balancers and gateways allow. Seconds.</summary>
    public const int MaxWaitSeconds = 20;

    /// <summary>The account that the key is looked up in; null where there are errors.</summary>
    public static string? Account(HttpContext context, string webhookKey, in Query query, InputErrors errors)
    {
        errors.CheckWebhookKey("webhookKey", webhookKey);
        return context.Caller().ReadingAccount(query.Text("account"), errors);
    }
}
