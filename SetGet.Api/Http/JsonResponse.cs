using System.Text.Encodings.Web;
using System.Text.Json;
using SetGet.Core.Events;

namespace SetGet.Api.Http;

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
