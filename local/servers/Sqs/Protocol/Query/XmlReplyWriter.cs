using System.Buffers;
using System.Globalization;
using Sqs.Engine;

namespace Sqs.Protocol.Query;

/// <summary>Writes replies and errors of the Query protocol.</summary>
internal static class XmlReplyWriter
{
    private const string Declaration = "<?xml version=\"1.0\"?>";
    private const string Namespace = "xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\"";

    public static void Write(string operation, SqsReply reply, string requestId, IBufferWriter<byte> output)
    {
        var xml = new XmlText(output);
        xml.Raw($"{Declaration}<{operation}Response {Namespace}>");
        if (reply is ReceiveReply { Messages.Count: 0 }) xml.Raw($"<{operation}Result/>");
        else if (reply is not EmptyReply)
        {
            xml.Open(operation + "Result");
            Result(xml, reply);
            xml.Close(operation + "Result");
        }

        xml.Raw($"<ResponseMetadata><RequestId>{requestId}</RequestId></ResponseMetadata></{operation}Response>");
    }

    public static void WriteError(SqsException error, string requestId, IBufferWriter<byte> output)
    {
        var xml = new XmlText(output);
        if (error.Error == SqsError.UnknownOperation)
        {
            // What is no request of the protocol at all gets no error of the protocol either.
            xml.Raw($"<{error.Error.Shape} {Namespace}/>");
            return;
        }

        xml.Raw($"{Declaration}<ErrorResponse {Namespace}><Error>");
        xml.Element("Type", error.Error.IsSender ? "Sender" : "Receiver");
        xml.Element("Code", error.Error.QueryCode);
        xml.Element("Message", Message(error));
        xml.Raw($"<Detail/></Error><RequestId>{requestId}</RequestId></ErrorResponse>");
    }

    /// <summary>The older protocol has an older wording.</summary>
    public static string Message(SqsException error) =>
        error.Error == SqsError.QueueDoesNotExist ? "The specified queue does not exist for this wsdl version." : error.Message;

    private static void Result(XmlText xml, SqsReply reply)
    {
        switch (reply)
        {
            case TextReply text: xml.Element(text.Member, text.Value); break;
            case NumberReply number: xml.Element(number.Member, Text(number.Value)); break;
            case SendReply send: Sent(xml, send.Result); break;
            case BatchReply batch: Batch(xml, batch); break;
            case ReceiveReply receive: XmlMessageWriter.Write(xml, receive); break;
            case MapReply map: Map(xml, map); break;
            case QueueUrlsReply urls: Urls(xml, urls); break;
            case MoveTasksReply tasks: Tasks(xml, tasks.Tasks); break;
        }
    }

    private static void Sent(XmlText xml, SendResult result)
    {
        xml.Element("MessageId", result.MessageId.ToString());
        xml.Element("MD5OfMessageBody", Md5.Text(result.BodyMd5));
        if (result.AttributesMd5 is { } attributes) xml.Element("MD5OfMessageAttributes", Md5.Text(attributes));
        if (result.SystemAttributesMd5 is { } system) xml.Element("MD5OfMessageSystemAttributes", Md5.Text(system));
        if (result.SequenceNumber is { } sequence) xml.Element("SequenceNumber", SequenceNumber.Text(sequence));
    }

    private static void Batch(XmlText xml, BatchReply batch)
    {
        foreach (var outcome in batch.Outcomes)
        {
            xml.Open(outcome.Error is null ? batch.XmlEntry : "BatchResultErrorEntry");
            xml.Element("Id", outcome.Id);
            if (outcome.Sent is { } sent) Sent(xml, sent);
            if (outcome.Error is { } error)
            {
                xml.Element("SenderFault", error.Error.IsSender ? "true" : "false");
                xml.Element("Code", error.Error.QueryCode);
                xml.Element("Message", error.Message);
            }

            xml.Close(outcome.Error is null ? batch.XmlEntry : "BatchResultErrorEntry");
        }
    }

    private static void Map(XmlText xml, MapReply map)
    {
        foreach (var (name, value) in map.Values)
        {
            xml.Open(map.XmlEntry);
            xml.Element(map.XmlKey, name);
            xml.Element("Value", value);
            xml.Close(map.XmlEntry);
        }
    }

    private static void Urls(XmlText xml, QueueUrlsReply urls)
    {
        foreach (var url in urls.Urls) xml.Element("QueueUrl", url);
        if (urls.NextToken is { } token) xml.Element("NextToken", token);
    }

    private static void Tasks(XmlText xml, IReadOnlyList<MoveTask> tasks)
    {
        foreach (var task in tasks)
        {
            xml.Open("ListMessageMoveTasksResultEntry");
            if (task.IsRunning) xml.Element("TaskHandle", task.Handle);
            xml.Element("Status", MoveTaskText.Status(task));
            xml.Element("SourceArn", task.SourceArn);
            if (task.DestinationArn is { } destination) xml.Element("DestinationArn", destination);
            if (task.Rate is { } rate) xml.Element("MaxNumberOfMessagesPerSecond", Text(rate));
            xml.Element("ApproximateNumberOfMessagesMoved", Text(task.Moved));
            xml.Element("ApproximateNumberOfMessagesToMove", Text(task.ToMove));
            if (task.FailureReason is { } reason) xml.Element("FailureReason", reason);
            xml.Element("StartedTimestamp", Text(task.StartedAt));
            xml.Close("ListMessageMoveTasksResultEntry");
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
