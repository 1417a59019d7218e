namespace Aws.Sqs.Engine;

/// <summary>What clients do with receipt handles: delete messages, and change when they become visible.</summary>
internal static class Handles
{
    /// <summary>
    /// Deletes a message. A handle of an earlier receive, or of a message that is gone, succeeds and changes nothing; on a
    /// FIFO queue a handle whose visibility timeout is over is refused.
    /// </summary>
    public static void Delete(SqsEngine engine, SqsQueue queue, string text, long now)
    {
        var handle = ReceiptHandle.Parse(text);
        if (handle.QueueId != queue.Id) throw ReceiptHandle.Invalid(text);
        queue.Messages.Promote(now);
        if (queue.Messages.Find(handle.Sequence) is not { } message) return;
        if (queue.IsFifo && (message.State != MessageState.InFlight || message.ReceiveCount != handle.ReceiveNumber))
            throw SqsException.Invalid(text, "ReceiptHandle", "The receipt handle has expired.");
        if (message.ReceiveCount != handle.ReceiveNumber) return;
        queue.Messages.Remove(message);
        engine.Journal.Deleted(queue, message);
        engine.Touch(queue);
    }

    /// <summary>Hides a received message for so many seconds from now, or shows it at once for zero. At most twelve hours after its receive.</summary>
    public static void ChangeVisibility(SqsEngine engine, SqsQueue queue, string text, int seconds, long now)
    {
        if (seconds is < 0 or > QueueSettings.MaximumVisibilityTimeout)
        {
            throw SqsException.Invalid(
                seconds, "VisibilityTimeout", $"VisibilityTimeout must be an integer between 0 and {QueueSettings.MaximumVisibilityTimeout}.");
        }

        var handle = ReceiptHandle.Parse(text);
        if (handle.QueueId != queue.Id) throw ReceiptHandle.Invalid(text);
        queue.Messages.Promote(now);
        if (queue.Messages.Find(handle.Sequence) is not { } message)
        {
            throw SqsException.Invalid(
                text, "ReceiptHandle", "Message does not exist or is not available for visibility timeout change.");
        }

        if (message.State != MessageState.InFlight || message.ReceiveCount != handle.ReceiveNumber)
            throw new SqsException(SqsError.MessageNotInflight, $"Value {text} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.");
        var until = now + (seconds * 1000L);
        if (until - message.LastReceivedAt > QueueSettings.MaximumVisibilityTimeout * 1000L)
        {
            throw SqsException.Invalid(
                seconds, "VisibilityTimeout", $"Total VisibilityTimeout for the message is beyond the limit [{QueueSettings.MaximumVisibilityTimeout} seconds]");
        }

        queue.Messages.Reschedule(message, until, now);
        engine.Journal.VisibilityChanged(queue, message);
        engine.Touch(queue);
    }
}
