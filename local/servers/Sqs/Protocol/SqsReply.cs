using Sqs.Engine;

namespace Sqs.Protocol;

/// <summary>What an operation answers; each protocol writes it in its own form.</summary>
internal abstract record SqsReply
{
    public static SqsReply Empty { get; } = new EmptyReply();
}

internal sealed record EmptyReply : SqsReply;

/// <summary>One text member, for example <c>QueueUrl</c>.</summary>
internal sealed record TextReply(string Member, string Value) : SqsReply;

internal sealed record NumberReply(string Member, long Value) : SqsReply;

/// <summary>A list of queue URLs. The two operations that answer one spell its name differently in JSON.</summary>
internal sealed record QueueUrlsReply(string JsonMember, IReadOnlyList<string> Urls, string? NextToken) : SqsReply;

/// <summary>A map: <c>Attributes</c> (entries <c>Attribute</c> of Name and Value in XML) or <c>Tags</c> (<c>Tag</c> of Key and Value).</summary>
internal sealed record MapReply(string JsonMember, string XmlEntry, string XmlKey, IReadOnlyDictionary<string, string> Values) : SqsReply;

internal sealed record SendReply(SendResult Result) : SqsReply;

/// <summary>The outcome of each entry of a batch. <paramref name="XmlEntry"/> names a success in XML.</summary>
internal sealed record BatchReply(string XmlEntry, IReadOnlyList<BatchOutcome> Outcomes) : SqsReply;

/// <summary>One entry's outcome: an error, or success, of a send with its result.</summary>
internal readonly record struct BatchOutcome(string Id, SendResult? Sent, SqsException? Error);

internal sealed record ReceiveReply(IReadOnlyList<ReceivedMessage> Messages, AttributeSelection Selection) : SqsReply;

internal sealed record MoveTasksReply(IReadOnlyList<MoveTask> Tasks) : SqsReply;
