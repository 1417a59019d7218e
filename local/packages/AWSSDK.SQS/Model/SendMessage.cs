using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Internal;

namespace Amazon.SQS.Model;

/// <summary>Puts one message into a queue.</summary>
public class SendMessageRequest : AmazonSQSRequest
{
    public SendMessageRequest() { }

    public SendMessageRequest(string queueUrl, string messageBody)
    {
        QueueUrl = queueUrl;
        MessageBody = messageBody;
    }

    /// <summary>URL of the queue. Case-sensitive. Required.</summary>
    public string? QueueUrl { get; set; }

    /// <summary>1 byte to 1 MiB, attributes included, of characters that XML 1.0 allows. Required.</summary>
    public string? MessageBody { get; set; }

    /// <summary>Seconds until the message can be received, 0 to 900. Unset: the queue's.</summary>
    public int? DelaySeconds { get; set; }

    /// <summary>At most ten; their size counts as the body does.</summary>
    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; } = Collections.Initial<Dictionary<string, MessageAttributeValue>>();

    /// <summary>Only <c>AWSTraceHeader</c>.</summary>
    public Dictionary<string, MessageSystemAttributeValue>? MessageSystemAttributes { get; set; } = Collections.Initial<Dictionary<string, MessageSystemAttributeValue>>();

    /// <summary>FIFO queues: sent again within five minutes, it is the same message. At most 128 characters.</summary>
    public string? MessageDeduplicationId { get; set; }

    /// <summary>FIFO queues: the unit of order. Standard queues: the tenant of a fair queue. At most 128 characters.</summary>
    public string? MessageGroupId { get; set; }

    internal override string Operation => "SendMessage";

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        json.Member("QueueUrl"u8, QueueUrl);
        json.Member("MessageBody"u8, MessageBody);
        json.Member("DelaySeconds"u8, DelaySeconds);
        json.Member("MessageAttributes"u8, MessageAttributes);
        json.Member("MessageSystemAttributes"u8, MessageSystemAttributes);
        json.Member("MessageDeduplicationId"u8, MessageDeduplicationId);
        json.Member("MessageGroupId"u8, MessageGroupId);
    }
}

/// <summary>The queue has the message.</summary>
public class SendMessageResponse : AmazonWebServiceResponse, IJsonReadable
{
    public string MessageId { get; set; } = null!;

    /// <summary>Lower-case hexadecimal; compared by the client.</summary>
    public string? MD5OfMessageBody { get; set; }

    /// <summary>Lower-case hexadecimal; compared by the client.</summary>
    public string? MD5OfMessageAttributes { get; set; }

    public string? MD5OfMessageSystemAttributes { get; set; }

    /// <summary>FIFO queues only.</summary>
    public string? SequenceNumber { get; set; }

    void IJsonReadable.ReadMember(ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("MessageId"))
            MessageId = JsonInput.String(ref json)!;
        else if (json.ValueTextEquals("MD5OfMessageBody"))
            MD5OfMessageBody = JsonInput.String(ref json);
        else if (json.ValueTextEquals("MD5OfMessageAttributes"))
            MD5OfMessageAttributes = JsonInput.String(ref json);
        else if (json.ValueTextEquals("MD5OfMessageSystemAttributes"))
            MD5OfMessageSystemAttributes = JsonInput.String(ref json);
        else if (json.ValueTextEquals("SequenceNumber"))
            SequenceNumber = JsonInput.String(ref json);
        else
            JsonInput.Skip(ref json);
    }
}
