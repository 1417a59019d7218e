namespace Sqs.Engine;

/// <summary>What clients do with receipt handles: delete messages, and change when they become visible.</summary>
internal static class Handles
{
    /// <summary>
    /// Deletes a message. A handle of an earlier receive, or of a message that is gone, succeeds and changes nothing; on a
    /// FIFO queue a handle whose visibility timeout is over is refused.
    /// </summary>
    public static void Delete(SqsEngine engine, SqsQueue queue, string? text, long now)
    {
        var handle = Parse(queue, text);
        queue.Messages.Promote(now);
        if (queue.Messages.Find(handle.Sequence) is not { } message) return;
        if (queue.IsFifo && (message.State != MessageState.InFlight || message.ReceiveCount != handle.ReceiveNumber))
            throw SqsException.Invalid(text, "ReceiptHandle", "The receipt handle has expired.");
        if (message.ReceiveCount != handle.ReceiveNumber) return;
        queue.Messages.Remove(message);
        engine.Journal?.Append(to => Storage.Records.Deleted(to, queue, message));
        engine.Touch(queue);
    }

    /// <summary>
    /// Hides a received message for so many seconds from now, or shows it at once for zero. At most twelve hours after its
    /// receive. A standard queue takes the handle of an earlier receive, and one whose timeout is over, too.
    /// </summary>
    public static void ChangeVisibility(SqsEngine engine, SqsQueue queue, string? text, int? wanted, long now)
    {
        if (text is null) throw SqsException.Missing("ReceiptHandle");
        var seconds = wanted ?? throw SqsException.Missing("VisibilityTimeout");
        if (seconds is < 0 or > QueueSettings.MaximumVisibilityTimeout)
            throw SqsException.Invalid(
                seconds, "VisibilityTimeout", $"VisibilityTimeout must be an integer between 0 and {QueueSettings.MaximumVisibilityTimeout}.");

        var handle = Parse(queue, text);
        queue.Messages.Promote(now);
        if (queue.Messages.Find(handle.Sequence) is not { } message) throw Unavailable(text);

        if (queue.IsFifo && (message.State != MessageState.InFlight || message.ReceiveCount != handle.ReceiveNumber)) throw Unavailable(text);
        if (IsReleased(message)) throw SqsError.MessageNotInflight.With(Unavailable(text).Message);
        var until = now + (seconds * 1000L);
        // In whole seconds: who asks for the maximum right after the receive gets it.
        if ((until - message.LastReceivedAt) / 1000 > QueueSettings.MaximumVisibilityTimeout)
        {
            throw SqsException.Invalid(
                seconds, "VisibilityTimeout",
                    $"Total VisibilityTimeout for the message is beyond the limit [{QueueSettings.MaximumVisibilityTimeout} seconds]");
        }

        if (message.State == MessageState.InFlight) queue.Messages.Reschedule(message, seconds == 0 ? 0 : until, now);
        else if (seconds > 0) queue.Messages.Hide(message, until);
        engine.Journal?.Append(to => Storage.Records.VisibilityChanged(to, queue, message));
        engine.Touch(queue);
    }

    private static ReceiptHandle Parse(SqsQueue queue, string? text)
        => ReceiptHandle.Parse(text ?? throw SqsException.Missing("ReceiptHandle")) is var handle && handle.QueueId == queue.Id ? handle
            : throw ReceiptHandle.Invalid(text);

    /// <summary>A message that a client itself made visible is nobody's; its due time says so.</summary>
    private static bool IsReleased(Message message) => message.State == MessageState.Visible && message.DueAt == 0;

    private static SqsException Unavailable(string text) => SqsException.Invalid(
        text, "ReceiptHandle", "Message does not exist or is not available for visibility timeout change.");
}
