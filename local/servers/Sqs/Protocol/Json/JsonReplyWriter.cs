using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sqs.Engine;

namespace Sqs.Protocol.Json;

/// <summary>Writes replies and errors of the JSON protocol.</summary>
internal static class JsonReplyWriter
{
    // Everything stays as it is but quotes, backslashes and control characters: JSON for a machine, not for a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static void Write(SqsReply reply, IBufferWriter<byte> output)
    {
        var json = Rent(output);
        json.WriteStartObject();
        Members(json, reply);
        json.WriteEndObject();
        Return(json);
    }

    /// <summary>The members of a reply, inside an object that the caller writes.</summary>
    public static void Members(Utf8JsonWriter json, SqsReply reply)
    {
        switch (reply)
        {
            case TextReply text: json.WriteString(text.Member, text.Value); break;
            case NumberReply number: json.WriteNumber(number.Member, number.Value); break;
            case SendReply send: Sent(json, send.Result); break;
            case BatchReply batch: Batch(json, batch); break;
            case ReceiveReply receive: JsonMessageWriter.Write(json, receive); break;
            case MapReply map: Map(json, map); break;
            case QueueUrlsReply urls: Urls(json, urls); break;
            case MoveTasksReply tasks: Tasks(json, tasks.Tasks); break;
        }
    }

    public static void WriteError(SqsException error, IBufferWriter<byte> output)
    {
        var json = Rent(output);
        json.WriteStartObject();
        json.WriteString("__type"u8, "com.amazonaws.sqs#" + error.Error.Shape);
        json.WriteString("message"u8, error.Message);
        json.WriteEndObject();
        Return(json);
    }

    /// <summary>This thread's writer, over a buffer. <see cref="Return"/> ends what it writes.</summary>
    public static Utf8JsonWriter Rent(IBufferWriter<byte> output)
    {
        if (_writer is null) return _writer = new Utf8JsonWriter(output, Options);
        _writer.Reset(output);
        return _writer;
    }

    public static void Return(Utf8JsonWriter json)
    {
        json.Flush();
        json.Reset(Stream.Null);
    }

    private static void Sent(Utf8JsonWriter json, SendResult result)
    {
        json.WriteString("MessageId"u8, result.MessageId);
        JsonMessageWriter.Md5Text(json, "MD5OfMessageBody"u8, result.BodyMd5);
        if (result.AttributesMd5 is { } attributes) JsonMessageWriter.Md5Text(json, "MD5OfMessageAttributes"u8, attributes);
        if (result.SystemAttributesMd5 is { } system) JsonMessageWriter.Md5Text(json, "MD5OfMessageSystemAttributes"u8, system);
        if (result.SequenceNumber is { } sequence) json.WriteString("SequenceNumber"u8, SequenceNumber.Text(sequence));
    }

    private static void Batch(Utf8JsonWriter json, BatchReply batch)
    {
        json.WriteStartArray("Successful"u8);
        foreach (var outcome in batch.Outcomes)
        {
            if (outcome.Error is not null) continue;
            json.WriteStartObject();
            json.WriteString("Id"u8, outcome.Id);
            if (outcome.Sent is { } sent) Sent(json, sent);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (batch.Outcomes.All(outcome => outcome.Error is null)) return;
        json.WriteStartArray("Failed"u8);
        foreach (var outcome in batch.Outcomes)
            if (outcome.Error is { } error) Failed(json, outcome.Id, error);
        json.WriteEndArray();
    }

    private static void Failed(Utf8JsonWriter json, string id, SqsException error)
    {
        json.WriteStartObject();
        json.WriteString("Id"u8, id);
        json.WriteBoolean("SenderFault"u8, error.Error.IsSender);
        json.WriteString("Code"u8, error.Error.QueryCode);
        json.WriteString("Message"u8, error.Message);
        json.WriteEndObject();
    }

    private static void Map(Utf8JsonWriter json, MapReply map)
    {
        // SQS leaves an empty map out.
        if (map.Values.Count == 0) return;
        json.WriteStartObject(map.JsonMember);
        foreach (var (name, value) in map.Values) json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void Urls(Utf8JsonWriter json, QueueUrlsReply urls)
    {
        // ListQueues leaves an empty list out, the other operation does not.
        if (urls.Urls.Count == 0 && urls.JsonMember == "QueueUrls") return;
        json.WriteStartArray(urls.JsonMember);
        foreach (var url in urls.Urls) json.WriteStringValue(url);
        json.WriteEndArray();
        if (urls.NextToken is { } token) json.WriteString("NextToken"u8, token);
    }

    private static void Tasks(Utf8JsonWriter json, IReadOnlyList<MoveTask> tasks)
    {
        json.WriteStartArray("Results"u8);
        foreach (var task in tasks)
        {
            json.WriteStartObject();
            // The handle serves to cancel: only a running task still has one.
            if (task.IsRunning) json.WriteString("TaskHandle"u8, task.Handle);
            json.WriteString("Status"u8, MoveTaskText.Status(task));
            json.WriteString("SourceArn"u8, task.SourceArn);
            if (task.DestinationArn is { } destination) json.WriteString("DestinationArn"u8, destination);
            if (task.Rate is { } rate) json.WriteNumber("MaxNumberOfMessagesPerSecond"u8, rate);
            json.WriteNumber("ApproximateNumberOfMessagesMoved"u8, task.Moved);
            json.WriteNumber("ApproximateNumberOfMessagesToMove"u8, task.ToMove);
            if (task.FailureReason is { } reason) json.WriteString("FailureReason"u8, reason);
            json.WriteNumber("StartedTimestamp"u8, task.StartedAt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
