using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Internal;

namespace Amazon.SQS.Model;

/// <summary>Reads settings and counters of a queue.</summary>
public class GetQueueAttributesRequest : AmazonSQSRequest
{
    public GetQueueAttributesRequest() { }

    public GetQueueAttributesRequest(string queueUrl, List<string> attributeNames)
    {
        QueueUrl = queueUrl;
        AttributeNames = attributeNames;
    }

    /// <summary>URL of the queue. Case-sensitive. Required.</summary>
    public string? QueueUrl { get; set; }

    /// <summary>Names of <see cref="QueueAttributeName"/>, or <c>All</c>.</summary>
    public List<string>? AttributeNames { get; set; } = Collections.Initial<List<string>>();

    internal override string Operation => "GetQueueAttributes";

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        json.Member("QueueUrl"u8, QueueUrl);
        json.Member("AttributeNames"u8, AttributeNames);
    }
}

/// <summary>Settings and counters by name.</summary>
public partial class GetQueueAttributesResponse : AmazonWebServiceResponse, IJsonReadable
{
    /// <summary>Null where there is none.</summary>
    public Dictionary<string, string>? Attributes { get; set; } = Collections.Initial<Dictionary<string, string>>();

    void IJsonReadable.ReadMember(ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("Attributes"))
            Attributes = JsonInput.StringMap(ref json);
        else
            JsonInput.Skip(ref json);
    }
}
