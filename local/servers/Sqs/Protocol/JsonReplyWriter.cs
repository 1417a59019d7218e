using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sqs.Protocol;

/// <summary>Replies and errors in JSON.</summary>
internal class JsonReplyWriter(Utf8JsonWriter json) : ReplyWriter
{
    private const int InitialBytes = 4096;

    // Everything stays as it is but quotes, backslashes and control characters: JSON for a machine, not for a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static ReadOnlyMemory<byte> Write(SqsReply? reply) => Write(json => reply?.Invoke(new JsonReplyWriter(json)));

    public static ReadOnlyMemory<byte> Write(SqsException error) => Write(json =>
    {
        json.WriteString("__type", "com.amazonaws.sqs#" + error.Error.Shape);
        json.WriteString("message", error.Message);
    });

    /// <summary>An object with these members.</summary>
    protected static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var output = new ArrayBufferWriter<byte>(InitialBytes);
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    public override void Text(string name, string value) => json.WriteString(name, value);

    public override void Text(string name, ReadOnlySpan<byte> utf8) => json.WriteString(name, utf8);

    public override void Bytes(string name, byte[] value) => json.WriteBase64String(name, value);

    public override void Number(string name, long value) => json.WriteNumber(name, value);

    public override void Truth(string name, bool value) => json.WriteBoolean(name, value);

    public override void Objects<T>(ReplyList list, IReadOnlyCollection<T> items, Action<T> write) => List(list.Json, list, items, item =>
    {
        json.WriteStartObject();
        write(item);
        json.WriteEndObject();
    });

    public override void Texts(ReplyList list, IReadOnlyCollection<string> values) => List(list.Json, list, values, json.WriteStringValue);

    public override void Map(ReplyList list, IReadOnlyCollection<KeyValuePair<string, string>> entries)
    {
        if (entries.Count == 0) return;
        json.WriteStartObject(list.Json);
        foreach (var (name, value) in entries) json.WriteString(name, value);
        json.WriteEndObject();
    }

    public override void Map<T>(ReplyList list, IReadOnlyCollection<T> items, Func<T, string> key, Action<T> write)
    {
        if (items.Count == 0) return;
        json.WriteStartObject(list.Json);
        foreach (var item in items)
        {
            json.WriteStartObject(key(item));
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    protected void List<T>(string name, ReplyList list, IReadOnlyCollection<T> items, Action<T> write)
    {
        if (items.Count == 0 && !list.IsThereWhenEmpty) return;
        json.WriteStartArray(name);
        foreach (var item in items) write(item);
        json.WriteEndArray();
    }
}

/// <summary>
/// The Query protocol's replies for clients that accept JSON: the structure of the XML, but for the lists, which have the names that
/// API Gateway's integrations know (<c>$.SendMessageResponse.SendMessageResult.MessageId</c>).
/// </summary>
internal sealed class QueryJsonReplyWriter(Utf8JsonWriter json) : JsonReplyWriter(json)
{
    private readonly Utf8JsonWriter _json = json;

    public static ReadOnlyMemory<byte> Write(string operation, SqsReply? reply, string requestId) => Write(json =>
    {
        json.WriteStartObject(operation + "Response");
        if (reply is not null)
        {
            json.WriteStartObject(operation + "Result");
            reply(new QueryJsonReplyWriter(json));
            json.WriteEndObject();
        }

        json.WriteStartObject("ResponseMetadata");
        json.WriteString("RequestId", requestId);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    public static ReadOnlyMemory<byte> Write(SqsException error, string requestId) => Write(json =>
    {
        json.WriteStartObject("Error");
        json.WriteString("Code", error.Error.QueryCode);
        json.WriteString("Message", XmlReplyWriter.Message(error));
        json.WriteString("Type", error.Error.IsSender ? "Sender" : "Receiver");
        json.WriteEndObject();
        json.WriteString("RequestId", requestId);
    });

    public override void Objects<T>(ReplyList list, IReadOnlyCollection<T> items, Action<T> write)
    {
        var name = list.Json == "Messages" ? "messages" : list.Json;
        if (items.Count == 0 && name == "messages") _json.WriteNull(name);
        else base.Objects(list with { Json = name }, items, write);
    }

    public override void Texts(ReplyList list, IReadOnlyCollection<string> values)
        => base.Texts(list with { Json = "queueUrls", IsThereWhenEmpty = true }, values);

    public override void Map(ReplyList list, IReadOnlyCollection<KeyValuePair<string, string>> entries)
        => Objects(list with { IsThereWhenEmpty = true }, entries, entry =>
    {
        _json.WriteString(list.Key, entry.Key);
        _json.WriteString("Value", entry.Value);
    });

    public override void Map<T>(ReplyList list, IReadOnlyCollection<T> items, Func<T, string> key, Action<T> write) => Objects(list, items, item =>
    {
        _json.WriteString(list.Key, key(item));
        _json.WriteStartObject("Value");
        write(item);
        _json.WriteEndObject();
    });
}
