using SetGet.Api.Http;
using SetGet.Api.OpenApi;
using SetGet.Core.Events;
using SetGet.Core.Store;

namespace SetGet.Api.Get;

/// <summary>An event as an HTTP answer: its data, byte for byte, and what is known of it in headers.</summary>
internal static class EventResponse
{
    /// <summary>Before the name of a header that the sender sent.</summary>
    private const string SenderPrefix = "SetGet-Header-";

    /// <summary>The headers, for the OpenAPI document.</summary>
    public static HeaderDescription[] Headers { get; } =
    [
        new("ETag", "The event id, quoted.", $"\"{ExampleEvent.Id}\""),
        new("Last-Modified", "When the event was accepted, to the second.", "Sat, 31 Jan 2026 12:00:00 GMT"),
        new("SetGet-Id", "The event id.", ExampleEvent.Id),
        new("SetGet-Flow", "The flow that the event came from.", "orders"),
        new("SetGet-Accepted-At", "When the event was accepted.", "2026-01-31T12:00:00.123Z"),
        new("SetGet-Expires-At", "From when on nobody reads the event.", "2026-02-01T12:00:00.123Z"),
        new(SenderPrefix + "NAME", "A header of the raw webhook, by its name in lower case; one for each that was kept.", "push"),
        new("Cache-Control", "A cache must ask each time.", "private, no-cache"),
    ];

    public static async Task WriteAsync(HttpContext context, StoredEvent found)
    {
        var response = context.Response;
        WriteHeaders(response, found);
        response.Headers.ContentType = Names.IsContentType(found.ContentType) ? found.ContentType : MediaTypes.Unknown;
        response.ContentLength = found.Data.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await response.BodyWriter.WriteAsync(found.Data, context.RequestAborted);
    }

    public static void WriteNotModified(HttpResponse response, StoredEvent found)
    {
        response.StatusCode = StatusCodes.Status304NotModified;
        WriteHeaders(response, found);
    }

    private static void WriteHeaders(HttpResponse response, StoredEvent found)
    {
        var headers = response.Headers;
        headers.ETag = $"\"{found.Id}\"";
        headers.LastModified = found.AcceptedAt.ToString("R");
        headers["SetGet-Id"] = found.Id;
        headers["SetGet-Flow"] = found.FlowId;
        headers["SetGet-Accepted-At"] = Rfc3339.Text(found.AcceptedAt);
        headers["SetGet-Expires-At"] = Rfc3339.Text(found.ExpiresAt);
        foreach (var (name, value) in found.Headers) headers[SenderPrefix + name] = value;
        // A cache must ask each time, because an event ends to the millisecond; and two keys with one URL see two accounts.
        headers.CacheControl = "private, no-cache";
        headers.Vary = "X-Api-Key";
        headers.ForbidRendering();
    }
}
