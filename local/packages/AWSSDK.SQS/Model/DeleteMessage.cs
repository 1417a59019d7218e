using System.Text.Json;
using Amazon.Runtime;
using Amazon.SQS.Internal;

namespace Amazon.SQS.Model;

/// <summary>Deletes one received message.</summary>
public class DeleteMessageRequest : AmazonSQSRequest
{
    public DeleteMessageRequest() { }

    public DeleteMessageRequest(string queueUrl, string receiptHandle)
    {
        QueueUrl = queueUrl;
        ReceiptHandle = receiptHandle;
    }

    /// <summary>URL of the queue. Case-sensitive. Required.</summary>
    public string? QueueUrl { get; set; }

    /// <summary>Handle of one receive of the message. Required.</summary>
    public string? ReceiptHandle { get; set; }

    internal override string Operation => "DeleteMessage";

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        json.Member("QueueUrl"u8, QueueUrl);
        json.Member("ReceiptHandle"u8, ReceiptHandle);
    }
}

/// <summary>The message is deleted, or was already.</summary>
public class DeleteMessageResponse : AmazonWebServiceResponse;
