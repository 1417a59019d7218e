using System.Text.Json;
using Amazon.Runtime;
using Amazon.SQS.Internal;

namespace Amazon.SQS.Model;

/// <summary>Sets when a received message becomes visible again.</summary>
public class ChangeMessageVisibilityRequest : AmazonSQSRequest
{
    public ChangeMessageVisibilityRequest() { }

    public ChangeMessageVisibilityRequest(string queueUrl, string receiptHandle, int? visibilityTimeout)
    {
        QueueUrl = queueUrl;
        ReceiptHandle = receiptHandle;
        VisibilityTimeout = visibilityTimeout;
    }

    /// <summary>URL of the queue. Case-sensitive. Required.</summary>
    public string? QueueUrl { get; set; }

    /// <summary>Handle of one receive of the message. Required.</summary>
    public string? ReceiptHandle { get; set; }

    /// <summary>Seconds from now, 0 to 43200; 0 makes the message visible at once.</summary>
    public int? VisibilityTimeout { get; set; }

    internal override string Operation => "ChangeMessageVisibility";

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        json.Member("QueueUrl"u8, QueueUrl);
        json.Member("ReceiptHandle"u8, ReceiptHandle);
        json.Member("VisibilityTimeout"u8, VisibilityTimeout);
    }
}

/// <summary>The visibility timeout is set.</summary>
public class ChangeMessageVisibilityResponse : AmazonWebServiceResponse;
