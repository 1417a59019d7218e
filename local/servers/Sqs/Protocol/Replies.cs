using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;

namespace Sqs.Protocol;

/// <summary>
/// Replies and errors in each form that they have. An operation answers with the members of the JSON protocol, or with null where it answers
/// nothing; of these the Query protocol's document is made, which is written as XML or, for clients that accept it, as JSON.
/// </summary>
internal static class Replies
{
    private const string Namespace = "http://queue.amazonaws.com/doc/2012-11-05/";

    /// <summary>Everything stays as it is but quotes, backslashes and control characters: JSON for a machine, not for a page.</summary>
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// A carriage return is written as an entity: a parser would make a line feed of it, and the MD5 would not fit any more. Characters are
    /// those of checked messages, or of an error that repeats what the client sent.
    /// </summary>
    private static readonly XmlWriterSettings Xml = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        NewLineHandling = NewLineHandling.Entitize,
        CheckCharacters = false,
        OmitXmlDeclaration = true,
    };

    /// <summary>What the JSON protocol leaves out when it is empty. The Query protocol's JSON does not.</summary>
    private static readonly string[] LeftOut = ["Attributes", "Tags", "QueueUrls", "Messages"];

    /// <summary>
    /// Lists and maps: what they are called in the Query protocol's JSON, as API Gateway's integrations know them
    /// (<c>$.ReceiveMessageResponse.ReceiveMessageResult.messages</c>), and what an entry of them in XML, where they have no name of their own.
    /// </summary>
    private static readonly Dictionary<string, (string Query, string Entry)> Lists = new()
    {
        ["Attributes"] = ("Attributes", "Attribute"),
        ["MessageAttributes"] = ("MessageAttributes", "MessageAttribute"),
        ["Tags"] = ("Tags", "Tag"),
        ["QueueUrls"] = ("queueUrls", "QueueUrl"),
        ["queueUrls"] = ("queueUrls", "QueueUrl"),
        ["Messages"] = ("messages", "Message"),
        ["messages"] = ("messages", "Message"),
        ["Results"] = ("Results", "ListMessageMoveTasksResultEntry"),
        ["Failed"] = ("Failed", "BatchResultErrorEntry"),
    };

    /// <summary>An object of the members that have a value.</summary>
    public static JsonObject Of(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var result = new JsonObject();
        foreach (var (name, value) in members)
            if (value is not null) result[name] = value;
        return result;
    }

    public static byte[] WriteJson(JsonObject? reply)
    {
        foreach (var name in reply is null ? [] : LeftOut)
            if (reply![name] is JsonArray { Count: 0 } or JsonObject { Count: 0 }) reply.Remove(name);
        return JsonSerializer.SerializeToUtf8Bytes(reply ?? [], Json);
    }

    public static byte[] WriteJson(SqsException error)
        => WriteJson(Of(("__type", "com.amazonaws.sqs#" + error.Error.Shape), ("message", error.Message)));

    public static byte[] WriteQuery(string operation, JsonObject? reply, string requestId, bool asJson)
    {
        var metadata = Of(("RequestId", requestId));
        var response = Of((operation + "Result", reply is null ? null : ToQuery(reply)), ("ResponseMetadata", metadata));
        return asJson ? WriteJson(Of((operation + "Response", response))) : WriteXml(operation, operation + "Response", response);
    }

    /// <summary>What is no request of the protocol at all gets no error of the protocol either.</summary>
    public static byte[] WriteQuery(SqsException error, string requestId, bool asJson)
    {
        if (error.Error == SqsError.UnknownOperation) return Encoding.UTF8.GetBytes($"<{error.Error.Shape} xmlns=\"{Namespace}\" />");
        // The older protocol has an older wording.
        var message = error.Error == SqsError.QueueDoesNotExist ? "The specified queue does not exist for this wsdl version." : error.Message;
        var members = Of(
            ("Type", error.Error.IsSender ? "Sender" : "Receiver"), ("Code", error.Error.QueryCode), ("Message", message), ("Detail", asJson ? null : ""));
        var document = Of(("Error", members), ("RequestId", requestId));
        return asJson ? WriteJson(document) : WriteXml("", "ErrorResponse", document);
    }

    /// <summary>Members as the Query protocol has them: maps are lists of names and values, and no messages are null.</summary>
    private static JsonObject ToQuery(JsonObject members)
    {
        var result = new JsonObject();
        foreach (var (name, value) in members)
        {
            var list = value switch
            {
                JsonArray { Count: 0 } when name == "Messages" => null,
                JsonArray items => new JsonArray([.. items.Select(ToQuery)]),
                JsonObject map => new JsonArray([.. map.Select(entry => Of((name == "Tags" ? "Key" : "Name", entry.Key), ("Value", ToQuery(entry.Value))))]),
                _ => value!.DeepClone(),
            };
            result[Lists.TryGetValue(name, out var names) ? names.Query : name] = list;
        }

        return result;
    }

    private static JsonNode ToQuery(JsonNode? item) => item is JsonObject members ? ToQuery(members) : item!.DeepClone();

    private static byte[] WriteXml(string operation, string root, JsonObject document)
    {
        using var output = new MemoryStream();
        output.Write("<?xml version=\"1.0\"?>"u8);
        using (var xml = XmlWriter.Create(output, Xml)) WriteElement(xml, root, document, operation);
        return output.ToArray();
    }

    private static void WriteElement(XmlWriter xml, string name, JsonNode? value, string operation)
    {
        xml.WriteStartElement(name, Namespace);
        if (value is not JsonObject members) xml.WriteString(value!.ToString());
        else
        {
            foreach (var (member, child) in members)
            {
                if (child is JsonArray items)
                    foreach (var item in items) WriteElement(xml, Lists.TryGetValue(member, out var list) ? list.Entry : operation + "ResultEntry", item, operation);
                else if (child is not null) WriteElement(xml, member, child, operation);
            }
        }

        xml.WriteEndElement();
    }
}
