using System.Text.Json;
using Sqs.Engine;

namespace Sqs.Protocol.Json;

/// <summary>Writes received messages in the JSON protocol.</summary>
internal static class JsonMessageWriter
{
    public static void Write(Utf8JsonWriter json, ReceiveReply reply)
    {
        // SQS leaves the member out where there is nothing.
        if (reply.Messages.Count == 0) return;
        json.WriteStartArray("Messages"u8);
        Span<byte> handle = stackalloc byte[ReceiptHandle.TextLength];
        foreach (var received in reply.Messages)
        {
            var message = received.Message;
            json.WriteStartObject();
            json.WriteString("MessageId"u8, message.Id);
            received.Handle.Write(handle);
            json.WriteString("ReceiptHandle"u8, handle);
            Md5Text(json, "MD5OfBody"u8, message.BodyMd5);
            json.WriteString("Body"u8, message.Body.Span);
            Attributes(json, reply.Selection, received);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Md5Text(Utf8JsonWriter json, ReadOnlySpan<byte> member, UInt128 sum)
    {
        Span<byte> text = stackalloc byte[Md5.TextLength];
        Md5.Write(sum, text);
        json.WriteString(member, text);
    }

    /// <summary>The members of an attribute's value.</summary>
    public static void Value(Utf8JsonWriter json, MessageAttribute attribute)
    {
        if (attribute.IsBinary) json.WriteBase64String("BinaryValue"u8, attribute.Value);
        else json.WriteString("StringValue"u8, attribute.Value);
        json.WriteString("DataType"u8, attribute.DataType);
    }

    private static void Attributes(Utf8JsonWriter json, AttributeSelection selection, ReceivedMessage received)
    {
        var any = false;
        foreach (var (name, value) in selection.SystemOf(received))
        {
            if (!any) json.WriteStartObject("Attributes"u8);
            any = true;
            json.WriteString(name, value);
        }

        if (any) json.WriteEndObject();
        var attributes = selection.Of(received.Message);
        if (attributes.Length == 0) return;
        Md5Text(json, "MD5OfMessageAttributes"u8, Md5.Of(attributes)!.Value);
        json.WriteStartObject("MessageAttributes"u8);
        foreach (var attribute in attributes)
        {
            json.WriteStartObject(attribute.Name);
            Value(json, attribute);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
