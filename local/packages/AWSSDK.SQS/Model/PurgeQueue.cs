using System.Text.Json;
using Amazon.Runtime;
using Amazon.SQS.Internal;

namespace Amazon.SQS.Model;

/// <summary>Deletes all messages of a queue; once in 60 seconds.</summary>
public class PurgeQueueRequest : AmazonSQSRequest
{
    /// <summary>URL of the queue. Case-sensitive. Required.</summary>
    public string? QueueUrl { get; set; }

    internal override string Operation => "PurgeQueue";

    internal override void WriteMembers(Utf8JsonWriter json) =>
        json.Member("QueueUrl"u8, QueueUrl);
}

/// <summary>The messages are deleted; it can take a minute.</summary>
public class PurgeQueueResponse : AmazonWebServiceResponse;
