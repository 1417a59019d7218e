using System.Text.Json;
using Sqs.Engine;

namespace Sqs.Protocol.Json;

/// <summary>Reads the members of a message: of SendMessage itself, and of the entries of SendMessageBatch.</summary>
internal static class JsonMessageReader
{
    /// <summary>A body that is at least this part of its request stays there; a smaller one would keep too much of it in memory.</summary>
    private const int SmallestSharedPart = 16;
    private const int SmallestSharedBytes = 256;

    /// <summary>Reads the member that the reader stands on if it is a message's; else stays where it is.</summary>
    /// <param name="reader">Reads <paramref name="text"/>.</param>
    /// <param name="message">Gets the member.</param>
    /// <param name="text">The whole request, which bodies become parts of.</param>
    public static bool TryMember(ref Utf8JsonReader reader, MessageInput message, ReadOnlyMemory<byte> text)
    {
        if (reader.ValueTextEquals("MessageBody"u8)) message.Body = Next(ref reader) ? Body(ref reader, text) : null;
        else if (reader.ValueTextEquals("DelaySeconds"u8)) message.DelaySeconds = Next(ref reader) ? JsonRequestReader.Number(ref reader) : null;
        else if (reader.ValueTextEquals("MessageGroupId"u8)) message.GroupId = Next(ref reader) ? JsonRequestReader.Text(ref reader) : null;
        else if (reader.ValueTextEquals("MessageDeduplicationId"u8)) message.DeduplicationId = Next(ref reader) ? JsonRequestReader.Text(ref reader) : null;
        else if (reader.ValueTextEquals("MessageAttributes"u8)) message.Attributes = Next(ref reader) ? Attributes(ref reader) : null;
        else if (reader.ValueTextEquals("MessageSystemAttributes"u8)) message.SystemAttributes = Next(ref reader) ? Attributes(ref reader) : null;
        else return false;
        return true;
    }

    private static bool Next(ref Utf8JsonReader reader) => reader.Read();

    private static ReadOnlyMemory<byte>? Body(ref Utf8JsonReader reader, ReadOnlyMemory<byte> text)
    {
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped
            && reader.ValueSpan.Length >= SmallestSharedBytes && reader.ValueSpan.Length >= text.Length / SmallestSharedPart)
            return text.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        return Utf8(ref reader) is { } copy ? copy : default(ReadOnlyMemory<byte>?);
    }

    /// <summary>A string's UTF-8 bytes, escapes resolved, without a detour through UTF-16.</summary>
    private static byte[]? Utf8(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.String) throw JsonRequestReader.Malformed("A string is expected.");
        if (!reader.ValueIsEscaped) return reader.ValueSpan.ToArray();
        try
        {
            var buffer = new byte[reader.ValueSpan.Length];
            return buffer[..reader.CopyString(buffer)];
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: a character that no UTF-8 text has.
            throw MessageText.Illegal();
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
