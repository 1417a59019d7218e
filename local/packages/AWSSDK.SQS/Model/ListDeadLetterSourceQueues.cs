using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Internal;

namespace Amazon.SQS.Model;

/// <summary>Lists the queues whose dead-letter queue is this one.</summary>
public class ListDeadLetterSourceQueuesRequest : AmazonSQSRequest
{
    /// <summary>URL of the queue. Case-sensitive. Required.</summary>
    public string? QueueUrl { get; set; }

    /// <summary>1 to 1000, for a page.</summary>
    public int? MaxResults { get; set; }

    /// <summary>The page before's.</summary>
    public string? NextToken { get; set; }

    internal override string Operation => "ListDeadLetterSourceQueues";

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        json.Member("QueueUrl"u8, QueueUrl);
        json.Member("MaxResults"u8, MaxResults);
        json.Member("NextToken"u8, NextToken);
    }
}

/// <summary>One page of queue URLs.</summary>
public class ListDeadLetterSourceQueuesResponse : AmazonWebServiceResponse, IJsonReadable
{
    /// <summary>Null where there is none.</summary>
    public List<string>? QueueUrls { get; set; } = Collections.Initial<List<string>>();

    /// <summary>Null on the last page.</summary>
    public string? NextToken { get; set; }

    void IJsonReadable.ReadMember(ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("queueUrls"))
            QueueUrls = JsonInput.StringList(ref json);
        else if (json.ValueTextEquals("NextToken"))
            NextToken = JsonInput.String(ref json);
        else
            JsonInput.Skip(ref json);
    }
}
