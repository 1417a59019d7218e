using System.Text.Encodings.Web;
using System.Text.Json;
using SetGet.Api.Access;
using SetGet.Api.Contract;
using SetGet.Api.Http;
using SetGet.Api.Telemetry;
using SetGet.Core.Events;
using SetGet.Core.Store;

namespace SetGet.Api.Get;

/// <summary><c>GET /get/{webhookKey}/events</c>: what is kept under a key, oldest first, page by page.</summary>
internal static class HistoryEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/get/{webhookKey}/events", ListAsync).WithName("events").WithMetadata(new NeedsRight(Right.Get)).WithDoc(GetDocs.Events);

    private static async Task ListAsync(HttpContext context, string webhookKey, EventWaiter waiter, ApiMetrics metrics)
    {
        var errors = new InputErrors();
        var query = new Query(context.Request, errors);
        var account = KeyRoute.Account(context, webhookKey, query, errors);
        var after = Cursor(query.Text("after"), errors);
        var limit = query.Number("limit", 1, 1000, 100)!.Value;
        var wait = query.Seconds("wait", KeyRoute.MaxWaitSeconds);
        errors.ThrowIfAny();

        using var waiting = metrics.Wait();
        var page = await waiter.ListAsync(account!, webhookKey, after, limit, wait, context.RequestAborted);
        metrics.Read(page.Events.Count > 0, Math.Max(1, page.Events.Count));
        await JsonResponse.WriteAsync(context, page, static (json, page) =>
        {
            EventJson.WriteList(json, page.Events);
            json.WriteString("next"u8, page.Next.ToString());
        });
    }

    private static EventCursor? Cursor(string? text, InputErrors errors)
    {
        if (text is null) return null;
        if (EventCursor.TryParse(text, out var cursor)) return cursor;
        errors.Add("after", "Must be the 'next' of an earlier answer; leave it out to begin with the oldest event.");
        return null;
    }
}

/// <summary>Answers with one JSON object, written by hand.</summary>
internal static class JsonResponse
{
    // As it leaves as application/json, nothing but what JSON itself asks for is escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = RequestReader.MaxDepth + 8 };

    public static async Task WriteAsync<T>(HttpContext context, T state, Action<Utf8JsonWriter, T> members)
    {
        context.Response.ContentType = MediaTypes.Json;
        context.Response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, Options);
        json.WriteStartObject();
        members(json, state);
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }
}
