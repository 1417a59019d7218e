using System.Text.Json;
using Aws.Sqs.Engine;

namespace Aws.Sqs.Protocol.Json;

/// <summary>Reads the members of a message: of SendMessage itself, and of the entries of SendMessageBatch.</summary>
internal static class JsonMessageReader
{
    /// <summary>Reads the member that the reader stands on if it is a message's; else stays where it is.</summary>
    public static bool TryMember(ref Utf8JsonReader reader, MessageInput message)
    {
        if (reader.ValueTextEquals("MessageBody"u8)) message.Body = Next(ref reader) ? Utf8(ref reader) : null;
        else if (reader.ValueTextEquals("DelaySeconds"u8)) message.DelaySeconds = Next(ref reader) ? JsonRequestReader.Number(ref reader) : null;
        else if (reader.ValueTextEquals("MessageGroupId"u8)) message.GroupId = Next(ref reader) ? JsonRequestReader.Text(ref reader) : null;
        else if (reader.ValueTextEquals("MessageDeduplicationId"u8)) message.DeduplicationId = Next(ref reader) ? JsonRequestReader.Text(ref reader) : null;
        else if (reader.ValueTextEquals("MessageAttributes"u8)) message.Attributes = Next(ref reader) ? Attributes(ref reader) : null;
        else if (reader.ValueTextEquals("MessageSystemAttributes"u8)) message.SystemAttributes = Next(ref reader) ? Attributes(ref reader) : null;
        else return false;
        return true;
    }

    private static bool Next(ref Utf8JsonReader reader) => reader.Read();

    /// <summary>A string's UTF-8 bytes, escapes resolved, without a detour through UTF-16.</summary>
    private static byte[]? Utf8(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.String) throw JsonRequestReader.Malformed("A string is expected.");
        if (!reader.ValueIsEscaped && !reader.HasValueSequence) return reader.ValueSpan.ToArray();
        try
        {
            var length = reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length;
            var buffer = new byte[length];
            var written = reader.CopyString(buffer);
            return written == length ? buffer : buffer[..written];
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: a character that no UTF-8 text has.
            throw new SqsException(SqsError.InvalidMessageContents, "The message contains characters outside the allowed set.");
        }
    }

    private static List<AttributeInput>? Attributes(ref Utf8JsonReader reader)
    {
        if (!JsonRequestReader.Enter(ref reader, JsonTokenType.StartObject)) return null;
        var attributes = new List<AttributeInput>();
        while (JsonRequestReader.NextMember(ref reader))
        {
            var attribute = new AttributeInput { Name = JsonRequestReader.Name(ref reader) };
            if (!JsonRequestReader.Enter(ref reader, JsonTokenType.StartObject)) continue;
            while (JsonRequestReader.NextMember(ref reader)) Value(ref reader, attribute);
            attributes.Add(attribute);
        }

        return attributes;
    }

    private static void Value(ref Utf8JsonReader reader, AttributeInput attribute)
    {
        switch (JsonRequestReader.Name(ref reader))
        {
            case "DataType": attribute.DataType = JsonRequestReader.Text(ref reader); break;
            case "StringValue": attribute.StringValue = Utf8(ref reader); break;
            case "BinaryValue": attribute.BinaryValue = Binary(ref reader); break;
            case "StringListValues" or "BinaryListValues":
                attribute.HasListValues |= reader.TokenType == JsonTokenType.StartArray && !IsEmptyArray(reader);
                reader.Skip();
                break;
            default: reader.Skip(); break;
        }
    }

    private static byte[]? Binary(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        return reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var bytes)
            ? bytes : throw JsonRequestReader.Malformed("BinaryValue must be base64.");
    }

    /// <summary>The reader is a copy: looking ahead does not move the caller's.</summary>
    private static bool IsEmptyArray(Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.EndArray;
}
