using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SetGet.Core.Events;

/// <summary>Writes the JSON text of one SQS message: <c>{v, id, acceptedAt, sender, idempotencyKey?, traceparent?, addedKeys?, set | hook}</c>.</summary>
public static class EnvelopeWriter
{
    /// <summary>The version that is written.</summary>
    public const int Version = 1;

    /// <summary>The most that SQS carries, bytes of UTF-8, attributes included.</summary>
    public const int MaxMessageBytes = 1_048_576;

    /// <summary>
    /// Kept free for everything but the sender's text: names and punctuation, a UUID, two numbers, a sender, an idempotency key whose
    /// every character is escaped, a trace context, and the message attributes that carry trace context and content type.
    /// </summary>
    public const int ReservedBytes = 4_096;

    /// <summary>Longest text of a whole envelope: the message's attributes take the rest. Bytes.</summary>
    public const int MaxTextBytes = MaxMessageBytes - 1_024;

    /// <summary>Longest text of a <c>POST /set</c>, in bytes; 413 above it.</summary>
    public const int MaxSetBytes = MaxMessageBytes - ReservedBytes;

    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    private static readonly JsonWriterOptions Options = new() { Encoder = Encoder };

    /// <summary>Longest body of a raw webhook under these keys, in bytes: base64 makes four of three, and keys and headers take their share.</summary>
    public static int MaxHookBytes(IReadOnlyList<string> webhookKeys, IReadOnlyDictionary<string, string>? headers = null)
    {
        ArgumentNullException.ThrowIfNull(webhookKeys);
        var taken = 0;
        foreach (var key in webhookKeys) taken += key.Length + 3;
        foreach (var (name, value) in headers ?? EventRequest.NoHeaders) taken += name.Length + JsonEncodedText.Encode(value, Encoder).EncodedUtf8Bytes.Length + 6;
        return Math.Max(0, (MaxMessageBytes - ReservedBytes - taken) / 4 * 3);
    }

    /// <summary>Wraps the text of a set request, which must have passed <see cref="RequestReader"/>, as it came.</summary>
    public static void WriteSet(IBufferWriter<byte> output, EnvelopeHead head, ReadOnlySpan<byte> requestText)
    {
        using var json = new Utf8JsonWriter(output, Options);
        WriteHead(json, head);
        json.WritePropertyName("set"u8);
        json.WriteRawValue(requestText, skipInputValidation: true);
        json.WriteEndObject();
    }

    /// <summary>Wraps a raw webhook, its body in base64.</summary>
    public static void WriteHook(IBufferWriter<byte> output, EnvelopeHead head, EventRequest request)
    {
        using var json = new Utf8JsonWriter(output, Options);
        WriteHead(json, head);
        json.WriteStartObject("hook"u8);
        foreach (var member in RequestMembers.All) member.Write?.Invoke(json, request);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, EnvelopeHead head)
    {
        json.WriteStartObject();
        json.WriteNumber("v"u8, Version);
        json.WriteString("id"u8, head.Id);
        json.WriteNumber("acceptedAt"u8, head.AcceptedAt);
        json.WriteString("sender"u8, head.Sender);
        if (head.IdempotencyKey is not null) json.WriteString("idempotencyKey"u8, head.IdempotencyKey);
        if (head.TraceParent is not null) json.WriteString("traceparent"u8, head.TraceParent);
        if (head.AddedKeys is not null) RequestMembers.WriteKeys(json, "addedKeys"u8, head.AddedKeys);
    }
}
