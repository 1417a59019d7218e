using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Internal;

namespace Amazon.SQS.Model;

/// <summary>Takes up to ten messages, hidden from others until their visibility timeout is over.</summary>
public class ReceiveMessageRequest : AmazonSQSRequest
{
    public ReceiveMessageRequest() { }

    public ReceiveMessageRequest(string queueUrl)
    {
        QueueUrl = queueUrl;
    }

    /// <summary>URL of the queue. Case-sensitive. Required.</summary>
    public string? QueueUrl { get; set; }

    /// <summary>1 to 10. Unset: 1.</summary>
    public int? MaxNumberOfMessages { get; set; }

    /// <summary>Seconds, 0 to 43200. Unset: the queue's.</summary>
    public int? VisibilityTimeout { get; set; }

    /// <summary>How long to wait for a first message: 0 to 20. Unset: the queue's.</summary>
    public int? WaitTimeSeconds { get; set; }

    /// <summary>Older name of <see cref="MessageSystemAttributeNames"/>.</summary>
    public List<string>? AttributeNames { get; set; } = Collections.Initial<List<string>>();

    /// <summary>Names of <see cref="MessageSystemAttributeName"/>, or <c>All</c>.</summary>
    public List<string>? MessageSystemAttributeNames { get; set; } = Collections.Initial<List<string>>();

    /// <summary>Names, prefixes that end in <c>.*</c>, or <c>All</c>.</summary>
    public List<string>? MessageAttributeNames { get; set; } = Collections.Initial<List<string>>();

    /// <summary>FIFO queues: the same id gets the same messages again after a lost answer.</summary>
    public string? ReceiveRequestAttemptId { get; set; }

    internal override string Operation => "ReceiveMessage";

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        json.Member("QueueUrl"u8, QueueUrl);
        json.Member("MaxNumberOfMessages"u8, MaxNumberOfMessages);
        json.Member("VisibilityTimeout"u8, VisibilityTimeout);
        json.Member("WaitTimeSeconds"u8, WaitTimeSeconds);
        json.Member("AttributeNames"u8, AttributeNames);
        json.Member("MessageSystemAttributeNames"u8, MessageSystemAttributeNames);
        json.Member("MessageAttributeNames"u8, MessageAttributeNames);
        json.Member("ReceiveRequestAttemptId"u8, ReceiveRequestAttemptId);
    }
}

/// <summary>What was received.</summary>
public class ReceiveMessageResponse : AmazonWebServiceResponse, IJsonReadable
{
    /// <summary>Null where there was none.</summary>
    public List<Message>? Messages { get; set; } = Collections.Initial<List<Message>>();

    void IJsonReadable.ReadMember(ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("Messages"))
            Messages = JsonInput.List<Message>(ref json);
        else
            JsonInput.Skip(ref json);
    }
}

/// <summary>One received message.</summary>
public class Message : IJsonReadable
{
    public string MessageId { get; set; } = null!;

    /// <summary>Handle of this receive: deletes the message, or sets its visibility timeout.</summary>
    public string ReceiptHandle { get; set; } = null!;

    public string Body { get; set; } = null!;

    /// <summary>Lower-case hexadecimal; compared by the client.</summary>
    public string? MD5OfBody { get; set; }

    /// <summary>Of the attributes that were asked for.</summary>
    public string? MD5OfMessageAttributes { get; set; }

    /// <summary>System attributes that were asked for, by name. Null where there is none.</summary>
    public Dictionary<string, string>? Attributes { get; set; } = Collections.Initial<Dictionary<string, string>>();

    /// <summary>Null where there is none.</summary>
    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; } = Collections.Initial<Dictionary<string, MessageAttributeValue>>();

    void IJsonReadable.ReadMember(ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("MessageId"))
            MessageId = JsonInput.String(ref json)!;
        else if (json.ValueTextEquals("ReceiptHandle"))
            ReceiptHandle = JsonInput.String(ref json)!;
        else if (json.ValueTextEquals("Body"))
            Body = JsonInput.String(ref json)!;
        else if (json.ValueTextEquals("MD5OfBody"))
            MD5OfBody = JsonInput.String(ref json);
        else if (json.ValueTextEquals("MD5OfMessageAttributes"))
            MD5OfMessageAttributes = JsonInput.String(ref json);
        else if (json.ValueTextEquals("Attributes"))
            Attributes = JsonInput.StringMap(ref json);
        else if (json.ValueTextEquals("MessageAttributes"))
            MessageAttributes = JsonInput.Map<MessageAttributeValue>(ref json);
        else
            JsonInput.Skip(ref json);
    }
}
