using System.Buffers;
using System.Text.Json;
using Sqs.Engine;
using Sqs.Protocol.Json;

namespace Sqs.Protocol.Query;

/// <summary>
/// The Query protocol's replies for clients that accept JSON: the structure of the XML, but for the lists, which have the names that
/// API Gateway's integrations know (<c>$.SendMessageResponse.SendMessageResult.MessageId</c>).
/// </summary>
internal static class QueryJsonWriter
{
    public static void Write(string operation, SqsReply reply, string requestId, IBufferWriter<byte> output)
    {
        var json = JsonReplyWriter.Rent(output);
        json.WriteStartObject();
        json.WriteStartObject(operation + "Response");
        if (reply is not EmptyReply)
        {
            json.WriteStartObject(operation + "Result");
            Result(json, reply);
            json.WriteEndObject();
        }

        json.WriteStartObject("ResponseMetadata"u8);
        json.WriteString("RequestId"u8, requestId);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        JsonReplyWriter.Return(json);
    }

    public static void WriteError(SqsException error, string requestId, IBufferWriter<byte> output)
    {
        var json = JsonReplyWriter.Rent(output);
        json.WriteStartObject();
        json.WriteStartObject("Error"u8);
        json.WriteString("Code"u8, error.Error.QueryCode);
        json.WriteString("Message"u8, XmlReplyWriter.Message(error));
        json.WriteString("Type"u8, error.Error.IsSender ? "Sender" : "Receiver");
        json.WriteEndObject();
        json.WriteString("RequestId"u8, requestId);
        json.WriteEndObject();
        JsonReplyWriter.Return(json);
    }

    private static void Result(Utf8JsonWriter json, SqsReply reply)
    {
        switch (reply)
        {
            case MapReply map: Pairs(json, map.JsonMember, map.XmlKey, map.Values.Select(pair => (pair.Key, pair.Value))); break;
            case QueueUrlsReply urls: Urls(json, urls); break;
            case ReceiveReply receive: Messages(json, receive); break;
            default: JsonReplyWriter.Members(json, reply); break;
        }
    }

    private static void Pairs(Utf8JsonWriter json, string member, string key, IEnumerable<(string Name, string Value)> pairs)
    {
        json.WriteStartArray(member);
        foreach (var (name, value) in pairs)
        {
            json.WriteStartObject();
            json.WriteString(key, name);
            json.WriteString("Value"u8, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Urls(Utf8JsonWriter json, QueueUrlsReply urls)
    {
        if (urls.NextToken is { } token) json.WriteString("NextToken"u8, token);
        json.WriteStartArray("queueUrls"u8);
        foreach (var url in urls.Urls) json.WriteStringValue(url);
        json.WriteEndArray();
    }

    private static void Messages(Utf8JsonWriter json, ReceiveReply reply)
    {
        if (reply.Messages.Count == 0)
        {
            json.WriteNull("messages"u8);
            return;
        }

        json.WriteStartArray("messages"u8);
        foreach (var received in reply.Messages)
        {
            json.WriteStartObject();
            if (reply.Selection.SystemOf(received).ToList() is { Count: > 0 } system) Pairs(json, "Attributes", "Name", system);
            json.WriteString("Body"u8, received.Message.Body.Span);
            JsonMessageWriter.Md5Text(json, "MD5OfBody"u8, received.Message.BodyMd5);
            Attributes(json, reply.Selection.Of(received.Message));
            json.WriteString("MessageId"u8, received.Message.Id);
            json.WriteString("ReceiptHandle"u8, received.Handle.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Attributes(Utf8JsonWriter json, MessageAttribute[] attributes)
    {
        if (attributes.Length == 0) return;
        JsonMessageWriter.Md5Text(json, "MD5OfMessageAttributes"u8, Md5.Of(attributes)!.Value);
        json.WriteStartArray("MessageAttributes"u8);
        foreach (var attribute in attributes)
        {
            json.WriteStartObject();
            json.WriteString("Name"u8, attribute.Name);
            json.WriteStartObject("Value"u8);
            JsonMessageWriter.Value(json, attribute);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
