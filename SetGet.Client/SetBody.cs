using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace SetGet.Client;

/// <summary>Writes the body of <c>POST /set</c>, the data untouched.</summary>
internal static class SetBody
{
    /// <exception cref="ArgumentException">The data is not JSON, or there is no account.</exception>
    public static byte[] Of(SetEvent setEvent, string? account)
    {
        if (string.IsNullOrEmpty(account)) throw new ArgumentException("Name the account: in the event, or in SetGetClientOptions.Account.", nameof(setEvent));
        CheckJson(setEvent.Data.Span);
        var output = new ArrayBufferWriter<byte>(setEvent.Data.Length + 512);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("accountId"u8, account);
            json.WriteString("flowId"u8, setEvent.FlowId);
            json.WriteStartArray("webhookKeys"u8);
            foreach (var key in setEvent.WebhookKeys) json.WriteStringValue(key);
            json.WriteEndArray();
            json.WritePropertyName("data"u8);
            json.WriteRawValue(setEvent.Data.Span, skipInputValidation: true);
            if (setEvent.Ttl is { } ttl) json.WriteNumber("ttlSeconds"u8, (long)Math.Ceiling(ttl.TotalSeconds));
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    public static HttpRequestMessage Request(byte[] body, string idempotencyKey)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "set") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        return request;
    }

    private static void CheckJson(ReadOnlySpan<byte> data)
    {
        try
        {
            var reader = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = 256 });
            while (reader.Read()) { }
        }
        catch (JsonException exception)
        {
            throw new ArgumentException("The event's data is not JSON: " + exception.Message, nameof(data), exception);
        }
    }
}
