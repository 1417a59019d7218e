using System.Text.Json;
using System.Text.Unicode;

namespace SetGet.Core;

/// <summary>
/// Reads the body of <c>POST /set</c>, <c>{accountId, flowId, webhookKeys: [..], data, ttlSeconds?}</c>, in one pass and without
/// copying the data. Strict: an unknown or repeated member, or one of the wrong type, is an error that names it.
/// </summary>
public static class SetRequestReader
{
    /// <summary>Deepest nesting of objects and arrays that is accepted.</summary>
    public const int MaxDepth = 256;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Null when <paramref name="errors"/> has got something.</summary>
    public static EventRequest? Read(ReadOnlyMemory<byte> utf8, InputErrors errors)
    {
        if (!IsSendable(utf8.Span, errors)) return null;
        try
        {
            var reader = new Utf8JsonReader(utf8.Span, Options);
            reader.Read();
            var request = ReadObject(ref reader, utf8, errors);
            if (reader.Read()) errors.Add(InputErrors.Body, "Must be one JSON object and nothing after it.");
            return errors.Any ? null : request;
        }
        catch (JsonException e)
        {
            errors.Add(InputErrors.Body, $"Is not valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}, or nested deeper than {MaxDepth}.");
            return null;
        }
    }

    /// <summary>
    /// True for text that SQS can carry. JSON allows U+FFFE and U+FFFF, SQS does not; whatever else SQS refuses is not UTF-8 or, being
    /// a control character, must be escaped in JSON.
    /// </summary>
    public static bool IsSendable(ReadOnlySpan<byte> utf8, InputErrors errors)
    {
        if (!Utf8.IsValid(utf8)) errors.Add(InputErrors.Body, "Is not valid UTF-8.");
        else if (utf8.IndexOf("\uFFFE"u8) >= 0 || utf8.IndexOf("\uFFFF"u8) >= 0)
            errors.Add(InputErrors.Body, "Contains U+FFFE or U+FFFF, which the queue cannot carry: write them as \\uFFFE and \\uFFFF.");
        else return true;
        return false;
    }

    /// <summary>Reads the object at whose start the reader stands, and leaves the reader at its end.</summary>
    internal static EventRequest? ReadObject(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, InputErrors errors)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            errors.Add(InputErrors.Body, "Must be a JSON object.");
            reader.Skip();
            return null;
        }

        var fields = new RequestFields(errors);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) ReadMember(ref reader, utf8, fields);
        return fields.ToSetRequest();
    }

    private static void ReadMember(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, RequestFields fields)
    {
        if (reader.ValueTextEquals("accountId"u8)) fields.ReadAccountId(ref reader);
        else if (reader.ValueTextEquals("flowId"u8)) fields.ReadFlowId(ref reader);
        else if (reader.ValueTextEquals("webhookKeys"u8)) fields.ReadWebhookKeys(ref reader);
        else if (reader.ValueTextEquals("ttlSeconds"u8)) fields.ReadTtlSeconds(ref reader);
        else if (reader.ValueTextEquals("data"u8)) fields.ReadData(ref reader, utf8);
        else fields.SkipUnknown(ref reader);
    }
}
