using System.Text.Json;
using Amazon.Runtime;
using Amazon.SQS.Internal;

namespace Amazon.SQS.Model;

/// <summary>Deletes a queue and its messages.</summary>
public class DeleteQueueRequest : AmazonSQSRequest
{
    public DeleteQueueRequest() { }

    public DeleteQueueRequest(string queueUrl)
    {
        QueueUrl = queueUrl;
    }

    /// <summary>URL of the queue. Case-sensitive. Required.</summary>
    public string? QueueUrl { get; set; }

    internal override string Operation => "DeleteQueue";

    internal override void WriteMembers(Utf8JsonWriter json) =>
        json.Member("QueueUrl"u8, QueueUrl);
}

/// <summary>The queue is deleted; it can take a minute.</summary>
public class DeleteQueueResponse : AmazonWebServiceResponse;
