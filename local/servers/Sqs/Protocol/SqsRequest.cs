using System.Text;
using Sqs.Engine;

namespace Sqs.Protocol;

/// <summary>
/// The parameters of any SQS operation, as either protocol gives them. One flat class, because the operations share most of
/// their members; what an operation does not read is ignored, as SQS does. Extends <see cref="MessageInput"/> for SendMessage.
/// </summary>
internal sealed class SqsRequest
{
    /// <summary>The host of the request, as the client called it: queue URLs are answered with it.</summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>Account and region of the request's credentials.</summary>
    public SqsAccount Caller { get; set; } = null!;

    /// <summary>From QueueUrl, or, in the Query protocol, from the request's path.</summary>
    public string? QueueUrl { get; set; }

    public string? QueueName { get; set; }

    public string? QueueOwner { get; set; }

    public string? Prefix { get; set; }

    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }

    public Dictionary<string, string> Attributes { get; } = [];

    public Dictionary<string, string> Tags { get; } = [];

    public List<string> TagKeys { get; } = [];

    /// <summary>Of GetQueueAttributes; of ReceiveMessage the older name of <see cref="SystemAttributeNames"/>.</summary>
    public List<string> AttributeNames { get; } = [];

    public List<string> MessageAttributeNames { get; } = [];

    public List<string> SystemAttributeNames { get; } = [];

    public int? MaxNumberOfMessages { get; set; }

    public int? VisibilityTimeout { get; set; }

    public int? WaitTimeSeconds { get; set; }

    public string? ReceiveRequestAttemptId { get; set; }

    public string? ReceiptHandle { get; set; }

    public MessageInput Message { get; } = new();

    public List<SqsEntry> Entries { get; } = [];

    public string? Label { get; set; }

    public List<string> AccountIds { get; } = [];

    public List<string> Actions { get; } = [];

    public string? SourceArn { get; set; }

    public string? DestinationArn { get; set; }

    public int? MaxMessagesPerSecond { get; set; }

    public string? TaskHandle { get; set; }

    /// <summary>A trace in the request's own header goes with the messages that carry none of their own.</summary>
    public void UseTraceHeader(string? header)
    {
        if (string.IsNullOrEmpty(header)) return;
        Message.SystemAttributes ??= Trace(header);
        foreach (var entry in Entries) entry.Message.SystemAttributes ??= Trace(header);
    }

    private static List<AttributeInput> Trace(string header) =>
        [new AttributeInput { Name = "AWSTraceHeader", DataType = "String", StringValue = Encoding.UTF8.GetBytes(header) }];
}

/// <summary>One entry of a batch request.</summary>
internal sealed class SqsEntry
{
    public string? Id { get; set; }

    public string? ReceiptHandle { get; set; }

    public int? VisibilityTimeout { get; set; }

    public MessageInput Message { get; } = new();
}
