using System.Collections.ObjectModel;

namespace SetGet.Core.Queues;

/// <summary>A message as the queue delivered it, polled or pushed.</summary>
/// <param name="Body">The envelope's text.</param>
/// <param name="ReceiveCount">How often it was delivered, this time included.</param>
/// <param name="GroupId">The account, where the sender set it.</param>
/// <param name="SentAt">When the queue got it.</param>
public sealed record QueueMessage(string Id, string ReceiptHandle, string Body, int ReceiveCount, string? GroupId, DateTimeOffset? SentAt)
{
    /// <summary>The message attributes, where they were asked for.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>A message to be sent.</summary>
/// <param name="GroupId">The account: fair queues on a standard queue, order on a FIFO one.</param>
/// <param name="DeduplicationId">Used by a FIFO queue only.</param>
/// <param name="Attributes">Count towards the size of a message, as the body does.</param>
public sealed record OutgoingMessage(string Body, string? GroupId, string DeduplicationId, IReadOnlyList<KeyValuePair<string, string>> Attributes);

/// <summary>What became of a message that was to be sent.</summary>
/// <param name="Code">SQS's, or of the exception; null where it was sent.</param>
public readonly record struct SendResult(SendOutcome Outcome, string? Code = null, string? Detail = null);

/// <summary>What became of a message that was to be sent.</summary>
public enum SendOutcome
{
    /// <summary>The queue has it.</summary>
    Sent,

    /// <summary>The queue refused it, and will refuse it again: its text cannot be carried.</summary>
    Refused,

    /// <summary>The queue did not take it, through no fault of the message.</summary>
    Unavailable,

    /// <summary>The call was made, and no answer came that says what became of it: the queue may have it.</summary>
    Unknown,
}

/// <summary>What SQS says of a queue; it counts approximately.</summary>
/// <param name="Visible">Messages that may be received.</param>
/// <param name="InFlight">Messages that were received and are neither deleted nor visible again.</param>
/// <param name="Delayed">Messages that are not yet due.</param>
public sealed record QueueDepth(long Visible, long InFlight, long Delayed);

/// <summary>How far SQS is with sending dead letters back.</summary>
/// <param name="Status"><c>RUNNING</c>, <c>COMPLETED</c>, <c>CANCELLING</c>, <c>CANCELLED</c> or <c>FAILED</c>.</param>
/// <param name="Moved">Messages that were moved, approximately.</param>
/// <param name="ToMove">Messages that there were to move at the start, where SQS tells.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FailureReason">Why it failed, where it did.</param>
public sealed record RedriveProgress(string Status, long Moved, long? ToMove = null, DateTimeOffset? StartedAt = null, string? FailureReason = null);
