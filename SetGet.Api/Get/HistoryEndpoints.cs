using Microsoft.OpenApi;
using SetGet.Api.Access;
using SetGet.Api.Http;
using SetGet.Api.OpenApi;
using SetGet.Api.Telemetry;
using SetGet.Core.Accounts;
using SetGet.Core.Store;

namespace SetGet.Api.Get;

/// <summary>A page of events, oldest first.</summary>
/// <param name="Events">May be empty.</param>
/// <param name="Next">For <c>?after=</c>: where to go on, also at the end, when new events have come.</param>
public sealed record EventList(IReadOnlyList<EventEntry> Events, string Next);

/// <summary><c>GET /get/{webhookKey}/events</c>: what is kept under a key, oldest first, page by page.</summary>
internal static class HistoryEndpoints
{
    private static readonly Parameter After = new("after", ParameterLocation.Query, "The 'next' of an earlier answer; from the oldest, where absent.");

    private static readonly NumberParameter Limit = new("limit", "Most events of one page.", 1, 1000, Default: 100);

    public static void Map(IEndpointRouteBuilder routes)
        => routes.MapGet("/get/{webhookKey}/events", ListAsync).WithName("events").WithTags("Get").RequireRole(ApiKeyRoles.Get)
            .WithSummary("List what is kept under a key, oldest first")
            .WithDescription("`next` is always there: ask again with it, perhaps with `wait`, for what has come since. An event that arrives late, "
                + "behind newer ones, is listed too. A page ends at `limit` events or about 4 MiB of data.")
            .Takes(Parameter.WebhookKey, KeyRoute.Account, After, Limit, KeyRoute.Wait)
            .Answers<EventList>(200, "A page; it may be empty.", $$"""{"events":[{{ExampleEvent.Json}}],"next":"AQAAAZqx"}""")
            .Fails(404);

    private static async Task ListAsync(HttpContext context, string webhookKey, EventWaiter waiter, ApiMetrics metrics)
    {
        var query = new QueryReader(context.Request);
        var account = KeyRoute.ReadAccount(context, webhookKey, query);
        var after = Cursor(query);
        var limit = query.Number(Limit)!.Value;
        var wait = query.Seconds(KeyRoute.Wait);
        query.Errors.ThrowIfAny();

        using var waiting = metrics.Wait();
        var page = await waiter.ListAsync(account, webhookKey, after, limit, wait, context.RequestAborted);
        metrics.Read(page.Events.Count > 0, Math.Max(1, page.Events.Count));
        await JsonResponse.WriteAsync(context, page, static (json, page) =>
        {
            EventJson.WriteList(json, page.Events);
            json.WriteString("next"u8, page.Next.ToString());
        });
    }

    private static EventCursor? Cursor(in QueryReader query)
    {
        if (query.Text(After) is not { } text) return null;
        if (EventCursor.TryParse(text, out var cursor)) return cursor;
        query.Errors.Add(After.Name, "Must be the 'next' of an earlier answer; leave it out to begin with the oldest event.");
        return null;
    }
}
