using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Internal;

namespace Amazon.SQS.Model;

/// <summary>Finds a queue by its name.</summary>
public class GetQueueUrlRequest : AmazonSQSRequest
{
    public GetQueueUrlRequest() { }

    public GetQueueUrlRequest(string queueName)
    {
        QueueName = queueName;
    }

    /// <summary>Required.</summary>
    public string? QueueName { get; set; }

    /// <summary>Unset: the caller's.</summary>
    public string? QueueOwnerAWSAccountId { get; set; }

    internal override string Operation => "GetQueueUrl";

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        json.Member("QueueName"u8, QueueName);
        json.Member("QueueOwnerAWSAccountId"u8, QueueOwnerAWSAccountId);
    }
}

/// <summary>Where the queue is.</summary>
public class GetQueueUrlResponse : AmazonWebServiceResponse, IJsonReadable
{
    public string QueueUrl { get; set; } = null!;

    void IJsonReadable.ReadMember(ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("QueueUrl"))
            QueueUrl = JsonInput.String(ref json)!;
        else
            JsonInput.Skip(ref json);
    }
}
