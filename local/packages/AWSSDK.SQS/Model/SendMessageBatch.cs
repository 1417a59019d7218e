using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Internal;

namespace Amazon.SQS.Model;

/// <summary>Puts up to ten messages, together at most 1 MiB, into a queue.</summary>
public class SendMessageBatchRequest : AmazonSQSRequest
{
    public SendMessageBatchRequest() { }

    public SendMessageBatchRequest(string queueUrl, List<SendMessageBatchRequestEntry> entries)
    {
        QueueUrl = queueUrl;
        Entries = entries;
    }

    /// <summary>URL of the queue. Case-sensitive. Required.</summary>
    public string? QueueUrl { get; set; }

    /// <summary>1 to 10. Required.</summary>
    public List<SendMessageBatchRequestEntry>? Entries { get; set; } = Collections.Initial<List<SendMessageBatchRequestEntry>>();

    internal override string Operation => "SendMessageBatch";

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        json.Member("QueueUrl"u8, QueueUrl);
        json.Member("Entries"u8, Entries);
    }
}

/// <summary>One message of a batch.</summary>
public class SendMessageBatchRequestEntry : IJsonWritable
{
    public SendMessageBatchRequestEntry() { }

    public SendMessageBatchRequestEntry(string id, string messageBody)
    {
        Id = id;
        MessageBody = messageBody;
    }

    /// <summary>Names the entry within its batch: 1 to 80 of A-Z a-z 0-9 - _. Required.</summary>
    public string? Id { get; set; }

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

    void IJsonWritable.WriteMembers(Utf8JsonWriter json)
    {
        json.Member("Id"u8, Id);
        json.Member("MessageBody"u8, MessageBody);
        json.Member("DelaySeconds"u8, DelaySeconds);
        json.Member("MessageAttributes"u8, MessageAttributes);
        json.Member("MessageSystemAttributes"u8, MessageSystemAttributes);
        json.Member("MessageDeduplicationId"u8, MessageDeduplicationId);
        json.Member("MessageGroupId"u8, MessageGroupId);
    }
}

/// <summary>Each entry is in one of the two lists. A list without entries is null.</summary>
public class SendMessageBatchResponse : AmazonWebServiceResponse, IJsonReadable
{
    public List<SendMessageBatchResultEntry>? Successful { get; set; } = Collections.Initial<List<SendMessageBatchResultEntry>>();

    public List<BatchResultErrorEntry>? Failed { get; set; } = Collections.Initial<List<BatchResultErrorEntry>>();

    void IJsonReadable.ReadMember(ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("Successful"))
            Successful = JsonInput.List<SendMessageBatchResultEntry>(ref json);
        else if (json.ValueTextEquals("Failed"))
            Failed = JsonInput.List<BatchResultErrorEntry>(ref json);
        else
            JsonInput.Skip(ref json);
    }
}

/// <summary>One message that the queue has.</summary>
public class SendMessageBatchResultEntry : IJsonReadable
{
    /// <summary>The request entry's.</summary>
    public string Id { get; set; } = null!;

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
        if (json.ValueTextEquals("Id"))
            Id = JsonInput.String(ref json)!;
        else if (json.ValueTextEquals("MessageId"))
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
