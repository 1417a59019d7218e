using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Internal;

namespace Amazon.SQS.Model;

/// <summary>Deletes up to ten received messages.</summary>
public class DeleteMessageBatchRequest : AmazonSQSRequest
{
    public DeleteMessageBatchRequest() { }

    public DeleteMessageBatchRequest(string queueUrl, List<DeleteMessageBatchRequestEntry> entries)
    {
        QueueUrl = queueUrl;
        Entries = entries;
    }

    /// <summary>URL of the queue. Case-sensitive. Required.</summary>
    public string? QueueUrl { get; set; }

    /// <summary>1 to 10. Required.</summary>
    public List<DeleteMessageBatchRequestEntry>? Entries { get; set; } = Collections.Initial<List<DeleteMessageBatchRequestEntry>>();

    internal override string Operation => "DeleteMessageBatch";

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        json.Member("QueueUrl"u8, QueueUrl);
        json.Member("Entries"u8, Entries);
    }
}

/// <summary>One message of a batch.</summary>
public class DeleteMessageBatchRequestEntry : IJsonWritable
{
    public DeleteMessageBatchRequestEntry() { }

    public DeleteMessageBatchRequestEntry(string id, string receiptHandle)
    {
        Id = id;
        ReceiptHandle = receiptHandle;
    }

    /// <summary>Names the entry within its batch: 1 to 80 of A-Z a-z 0-9 - _. Required.</summary>
    public string? Id { get; set; }

    /// <summary>Handle of one receive of the message. Required.</summary>
    public string? ReceiptHandle { get; set; }

    void IJsonWritable.WriteMembers(Utf8JsonWriter json)
    {
        json.Member("Id"u8, Id);
        json.Member("ReceiptHandle"u8, ReceiptHandle);
    }
}

/// <summary>Each entry is in one of the two lists. A list without entries is null.</summary>
public class DeleteMessageBatchResponse : AmazonWebServiceResponse, IJsonReadable
{
    public List<DeleteMessageBatchResultEntry>? Successful { get; set; } = Collections.Initial<List<DeleteMessageBatchResultEntry>>();

    public List<BatchResultErrorEntry>? Failed { get; set; } = Collections.Initial<List<BatchResultErrorEntry>>();

    void IJsonReadable.ReadMember(ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("Successful"))
            Successful = JsonInput.List<DeleteMessageBatchResultEntry>(ref json);
        else if (json.ValueTextEquals("Failed"))
            Failed = JsonInput.List<BatchResultErrorEntry>(ref json);
        else
            JsonInput.Skip(ref json);
    }
}

/// <summary>One message that is deleted.</summary>
public class DeleteMessageBatchResultEntry : IJsonReadable
{
    /// <summary>The request entry's.</summary>
    public string Id { get; set; } = null!;

    void IJsonReadable.ReadMember(ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("Id"))
            Id = JsonInput.String(ref json)!;
        else
            JsonInput.Skip(ref json);
    }
}
