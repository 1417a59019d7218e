using System.Text.Json;
using Amazon.Runtime;
using Amazon.SQS.Internal;

namespace Amazon.SQS.Model;

/// <summary>Changes settings of a queue.</summary>
public class SetQueueAttributesRequest : AmazonSQSRequest
{
    public SetQueueAttributesRequest() { }

    public SetQueueAttributesRequest(string queueUrl, Dictionary<string, string> attributes)
    {
        QueueUrl = queueUrl;
        Attributes = attributes;
    }

    /// <summary>URL of the queue. Case-sensitive. Required.</summary>
    public string? QueueUrl { get; set; }

    /// <summary>By <see cref="QueueAttributeName"/>. Required.</summary>
    public Dictionary<string, string>? Attributes { get; set; } = Collections.Initial<Dictionary<string, string>>();

    internal override string Operation => "SetQueueAttributes";

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        json.Member("QueueUrl"u8, QueueUrl);
        json.Member("Attributes"u8, Attributes);
    }
}

/// <summary>The settings are changed; it can take a minute until all of the service sees them.</summary>
public class SetQueueAttributesResponse : AmazonWebServiceResponse;
