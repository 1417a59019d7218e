using System.Text.Json;
using System.Text.Unicode;
using SetGet.Api.Http;
using SetGet.Core.Events;
using SetGet.Core.Store;

namespace SetGet.Api.Get;

/// <summary>
/// Writes events into JSON. Data that is JSON becomes the member <c>data</c>, its text untouched; whatever else is
/// <c>dataBase64</c>, also what only says that it is JSON.
/// </summary>
internal static class EventJson
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = RequestReader.MaxDepth + 1 };

    /// <summary>The members of an event, into an object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter json, StoredEvent found)
    {
        json.WriteString("id"u8, found.Id);
        json.WriteString("flowId"u8, found.FlowId);
        json.WriteString("acceptedAt"u8, Rfc3339.Text(found.AcceptedAt));
        json.WriteString("expiresAt"u8, Rfc3339.Text(found.ExpiresAt));
        json.WriteString("contentType"u8, found.ContentType);
        if (found.Headers.Count > 0)
        {
            json.WriteStartObject("headers"u8);
            foreach (var (name, value) in found.Headers) json.WriteString(name, value);
            json.WriteEndObject();
        }

        if (IsJson(found))
        {
            json.WritePropertyName("data"u8);
            json.WriteRawValue(found.Data.Span, skipInputValidation: true);
        }
        else
        {
            json.WriteBase64String("dataBase64"u8, found.Data.Span);
        }
    }

    public static void WriteList(Utf8JsonWriter json, IReadOnlyList<StoredEvent> events)
    {
        json.WriteStartArray("events"u8);
        foreach (var each in events)
        {
            json.WriteStartObject();
            WriteMembers(json, each);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static bool IsJson(StoredEvent found)
    {
        if (!MediaTypes.IsJson(found.ContentType) || !Utf8.IsValid(found.Data.Span)) return false;
        try
        {
            var reader = new Utf8JsonReader(found.Data.Span, Strict);
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
