using System.Diagnostics;
using Microsoft.OpenApi;
using SetGet.Api.Access;
using SetGet.Api.Http;
using SetGet.Api.OpenApi;
using SetGet.Api.Problems;
using SetGet.Api.Telemetry;
using SetGet.Core.Accounts;
using SetGet.Core.Store;

namespace SetGet.Api.Get;

/// <summary><c>GET /get/{webhookKey}</c>, <c>HEAD</c> and <c>DELETE</c>: the newest event of a key; forgetting the key.</summary>
internal static class NewestEndpoints
{
    private static readonly Parameter KnownEvents = new(
        "If-None-Match", ParameterLocation.Header, "ETags of events that the caller has: a list, weak ones too, or *.", $"\"{ExampleEvent.Id}\"");

    private static readonly Parameter WantedEvents = new(
        "If-Match", ParameterLocation.Header, "ETags: the newest event must be one of these, else 412 and nothing is done. Or *: there must be one.",
            $"\"{ExampleEvent.Id}\"");

    public static void Map(IEndpointRouteBuilder routes)
    {
        MapNewest(routes, HttpMethods.Get, "get");
        MapNewest(routes, HttpMethods.Head, "headOfKey");
        routes.MapDelete("/get/{webhookKey}", DeleteAsync).WithName("deleteKey").WithTags("Get").RequireRole(ApiKeyRoles.Set).WithMetadata(new HonoursIfMatch())
            .WithSummary("Forget a webhook key")
            .WithDescription("Removes the key and its events. Events that are still in the queue come nevertheless; the same data under other keys stays.")
            .Takes(Parameter.WebhookKey, KeyRoute.Account, WantedEvents)
            .Answers(204, "The key and its events are gone.")
            .Fails(404, 412);
    }

    private static void MapNewest(IEndpointRouteBuilder routes, string method, string name)
        => routes.MapMethods("/get/{webhookKey}", [method], GetAsync).WithName(name).WithTags("Get").RequireRole(ApiKeyRoles.Get).WithMetadata(
            new HonoursIfMatch())
            .WithSummary("Get the newest event's data")
            .WithDescription("Byte for byte as it was sent, in its content type. With `If-None-Match`, 304 where the newest event is one of those "
                + "named; with `wait` too, the answer waits for another one.")
            .Takes(Parameter.WebhookKey, KeyRoute.Account, KeyRoute.Wait, KnownEvents, WantedEvents)
            .AnswersBytes(200, "The data.", """{"total":1.10}""", EventResponse.Headers)
            .Answers(304, "The newest event is one that the caller has.", EventResponse.Headers)
            .Fails(404, 412);

    private static async Task GetAsync(HttpContext context, string webhookKey, EventReader reader, EventWaiter waiter, ApiMetrics metrics)
    {
        var query = new QueryReader(context.Request);
        var account = KeyRoute.ReadAccount(context, webhookKey, query);
        var wait = query.Seconds(KeyRoute.Wait);
        query.Errors.ThrowIfAny();

        var (known, wanted) = (EntityTags.NoneMatch(context.Request), EntityTags.Match(context.Request));
        var found = wait == TimeSpan.Zero
            ? await ReadAsync(reader, account, webhookKey, metrics, context.RequestAborted)
            : await WaitAsync(waiter, account, webhookKey, known, wait, metrics, context.RequestAborted);
        metrics.Read(found is not null);
        if (found is null) await context.WriteProblemAsync(ProblemKinds.NotFound(Nothing(webhookKey)), context.RequestAborted);
        else if (wanted.AreGiven && !wanted.IsAny && !wanted.StrongIds.Contains(found.Id)) await context.WriteProblemAsync(
            ProblemKinds.ConditionFailed(), context.RequestAborted);
        else if (known.Contain(found.Id) || IsUnmodified(context.Request, known, found)) EventResponse.WriteNotModified(context.Response, found);
        else await EventResponse.WriteAsync(context, found);
    }

    private static async Task<StoredEvent?> ReadAsync(EventReader reader, string account, string key, ApiMetrics metrics, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var found = await reader.GetNewestAsync(account, key, cancellationToken);
        metrics.NewestRead(Stopwatch.GetElapsedTime(started));
        return found;
    }

    // With *, the caller wants any event at all, and learns that there is one.
    private static async Task<StoredEvent?> WaitAsync(
        EventWaiter waiter, string account, string key, EntityTags known, TimeSpan wait, ApiMetrics metrics, CancellationToken cancellationToken)
    {
        using var waiting = metrics.Wait();
        return await waiter.NewestAsync(account, key, found => known.IsAny || !known.Contain(found.Id), wait, cancellationToken);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, string webhookKey, EventTaker taker)
    {
        var query = new QueryReader(context.Request);
        var account = KeyRoute.ReadAccount(context, webhookKey, query);
        query.Errors.ThrowIfAny();
        var wanted = EntityTags.Match(context.Request);
        if (wanted.AreGiven && !wanted.IsAny)
        {
            if (await taker.DeleteAsync(account, webhookKey, wanted.StrongIds.DefaultIfEmpty(""), context.RequestAborted)) return TypedResults.NoContent();
            throw new ProblemException(ProblemKinds.ConditionFailed());
        }

        if (await taker.DeleteAsync(account, webhookKey, context.RequestAborted)) return TypedResults.NoContent();
        throw new ProblemException(ProblemKinds.NotFound($"Nothing is kept under '{webhookKey}'."));
    }

    // By the second, as HTTP dates are; only where there is no If-None-Match, which says more.
    private static bool IsUnmodified(HttpRequest request, EntityTags known, StoredEvent found)
        => !known.AreGiven && request.GetTypedHeaders().IfModifiedSince is { } since && found.AcceptedAt.ToUnixTimeSeconds() <= since.ToUnixTimeSeconds();

    private static string Nothing(string key)
        => $"Nothing is kept under '{key}': no event was set under it, or its time is over, or it was taken. An event is readable shortly after its "
            + "202; add ?wait=10 to wait for one.";
}
