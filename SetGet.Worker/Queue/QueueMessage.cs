using System.Diagnostics;

namespace SetGet.Worker.Queue;

/// <summary>A message as the queue delivered it, polled or pushed.</summary>
/// <param name="Body">The envelope's text.</param>
/// <param name="ReceiveCount">How often it was delivered, this time included.</param>
/// <param name="GroupId">The account, where the sender set it.</param>
/// <param name="SentAt">When the queue got it.</param>
internal sealed record QueueMessage(string Id, string ReceiptHandle, string Body, int ReceiveCount, string? GroupId, DateTimeOffset? SentAt);

/// <summary>What is to happen with a message.</summary>
internal enum Disposition
{
    /// <summary>All that it asks for is in Redis: delete it.</summary>
    Done,

    /// <summary>It can never succeed.</summary>
    DeadLetter,

    /// <summary>It may succeed later.</summary>
    Retry,
}

/// <summary>What is to happen with a message, and why.</summary>
/// <param name="Reason">Of a dead letter; one of <see cref="SetGet.Core.DeadLetterReasons"/>.</param>
/// <param name="Detail">A sentence for the operator; never holds data.</param>
/// <param name="Trace">Of its processing, where that is traced.</param>
internal sealed record MessageResult(QueueMessage Message, Disposition Disposition, string? Reason = null, string? Detail = null, ActivityContext Trace = default);
