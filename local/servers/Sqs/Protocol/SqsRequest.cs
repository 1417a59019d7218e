using System.Text.Json.Serialization;
using Sqs.Engine;

namespace Sqs.Protocol;

/// <summary>What entries of batch requests have, and the requests for one message too.</summary>
internal class SqsEntry : MessageInput
{
    public string? Id { get; set; }
    public string? ReceiptHandle { get; set; }
    public int? VisibilityTimeout { get; set; }
}

/// <summary>
/// The parameters of any SQS operation, by the names of the JSON protocol; <see cref="QueryForm"/> gives those of the Query protocol the
/// same names. One flat class, because the operations share most of their members; what an operation does not read is ignored, as SQS does.
/// </summary>
internal sealed class SqsRequest : SqsEntry
{
    /// <summary>The host of the request, as the client called it: queue URLs are answered with it.</summary>
    [JsonIgnore]
    public string BaseUrl { get; set; } = "";

    /// <summary>Account and region of the request's credentials.</summary>
    [JsonIgnore]
    public SqsAccount Caller { get; set; } = null!;

    /// <summary>In the Query protocol the request's path may take its place.</summary>
    public string? QueueUrl { get; set; }

    public string? QueueName { get; set; }
    public string? QueueOwnerAWSAccountId { get; set; }
    public string? QueueNamePrefix { get; set; }
    public int? MaxResults { get; set; }
    public string? NextToken { get; set; }
    public Dictionary<string, string> Attributes { get; set => field = value ?? []; } = [];
    public Dictionary<string, string> Tags { get; set => field = value ?? []; } = [];

    /// <summary>CreateQueue spells them so.</summary>
    [JsonPropertyName("tags")]
    public Dictionary<string, string> CreationTags { set => Tags = value; }

    public string[] TagKeys { get; set => field = WithoutNull(value); } = [];

    /// <summary>Of GetQueueAttributes; of ReceiveMessage the older name of <see cref="MessageSystemAttributeNames"/>.</summary>
    public string[] AttributeNames { get; set => field = WithoutNull(value); } = [];

    public string[] MessageAttributeNames { get; set => field = WithoutNull(value); } = [];
    public string[] MessageSystemAttributeNames { get; set => field = WithoutNull(value); } = [];
    public int? MaxNumberOfMessages { get; set; }
    public int? WaitTimeSeconds { get; set; }
    public string? ReceiveRequestAttemptId { get; set; }
    public SqsEntry[] Entries { get; set => field = WithoutNull(value); } = [];
    public string? Label { get; set; }
    public string[] AWSAccountIds { get; set => field = WithoutNull(value); } = [];
    public string[] Actions { get; set => field = WithoutNull(value); } = [];
    public string? SourceArn { get; set; }
    public string? DestinationArn { get; set; }
    public int? MaxNumberOfMessagesPerSecond { get; set; }
    public string? TaskHandle { get; set; }

    /// <summary>A trace in the request's own header goes with the messages that carry none of their own.</summary>
    public void UseTraceHeader(string? header)
    {
        if (string.IsNullOrEmpty(header)) return;
        foreach (var message in Entries.Append(this))
            message.MessageSystemAttributes ??= new Dictionary<string, AttributeInput?> { ["AWSTraceHeader"] = new AttributeInput("String", header) };
    }

    private static T[] WithoutNull<T>(T[]? values) => values is null ? [] : Array.FindAll(values, value => value is not null);
}
