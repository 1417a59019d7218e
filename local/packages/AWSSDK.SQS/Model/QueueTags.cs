using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Internal;

namespace Amazon.SQS.Model;

/// <summary>Adds tags to a queue.</summary>
public class TagQueueRequest : AmazonSQSRequest
{
    /// <summary>URL of the queue. Case-sensitive. Required.</summary>
    public string? QueueUrl { get; set; }

    /// <summary>At most fifty.</summary>
    public Dictionary<string, string>? Tags { get; set; } = Collections.Initial<Dictionary<string, string>>();

    internal override string Operation => "TagQueue";

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        json.Member("QueueUrl"u8, QueueUrl);
        json.Member("Tags"u8, Tags);
    }
}

/// <summary>The tags are added.</summary>
public class TagQueueResponse : AmazonWebServiceResponse;

/// <summary>Removes tags of a queue.</summary>
public class UntagQueueRequest : AmazonSQSRequest
{
    /// <summary>URL of the queue. Case-sensitive. Required.</summary>
    public string? QueueUrl { get; set; }

    /// <summary>Required.</summary>
    public List<string>? TagKeys { get; set; } = Collections.Initial<List<string>>();

    internal override string Operation => "UntagQueue";

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        json.Member("QueueUrl"u8, QueueUrl);
        json.Member("TagKeys"u8, TagKeys);
    }
}

/// <summary>The tags are removed.</summary>
public class UntagQueueResponse : AmazonWebServiceResponse;

/// <summary>Reads the tags of a queue.</summary>
public class ListQueueTagsRequest : AmazonSQSRequest
{
    /// <summary>URL of the queue. Case-sensitive. Required.</summary>
    public string? QueueUrl { get; set; }

    internal override string Operation => "ListQueueTags";

    internal override void WriteMembers(Utf8JsonWriter json) =>
        json.Member("QueueUrl"u8, QueueUrl);
}

/// <summary>Tags by key.</summary>
public class ListQueueTagsResponse : AmazonWebServiceResponse, IJsonReadable
{
    /// <summary>Null where there is none.</summary>
    public Dictionary<string, string>? Tags { get; set; } = Collections.Initial<Dictionary<string, string>>();

    void IJsonReadable.ReadMember(ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("Tags"))
            Tags = JsonInput.StringMap(ref json);
        else
            JsonInput.Skip(ref json);
    }
}
