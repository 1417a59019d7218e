namespace Sqs.Engine;

/// <summary>Moves messages between queues.</summary>
internal static class Redrive
{
    /// <summary>
    /// Moves a message that was received too often. A standard queue's dead letter keeps the time it was first sent, a FIFO one does
    /// not, and gets its message id as its deduplication id; both keep their receive count.
    /// </summary>
    public static void ToDeadLetters(SqsEngine engine, SqsQueue from, Message message, SqsQueue to, long now)
    {
        message.Extras = (message.Extras ?? MessageExtras.None) with { DeadLetterSourceArn = from.Arn };
        if (to.IsFifo)
        {
            message.SentAt = now;
            message.DeduplicationId = DeadLetterId(message);
        }

        Move(engine, from, message, to, now);
    }

    /// <summary>Two messages that shared a deduplication id do not share it as dead letters.</summary>
    public static string DeadLetterId(Message message) => message.Id.ToString();

    /// <summary>Moves a message in one step of the journal. It is visible in the other queue at once.</summary>
    public static void Move(SqsEngine engine, SqsQueue from, Message message, SqsQueue to, long now)
    {
        var oldSequence = message.Sequence;
        from.Messages.Remove(message);
        Arrive(to, message, engine.State.NextSequence(), now);
        engine.Journal.Moved(from, oldSequence, to, message);
        engine.Touch(from);
        engine.Touch(to);
    }

    /// <summary>The second half of a move, which the journal's replay does too.</summary>
    public static void Arrive(SqsQueue to, Message message, long sequence, long now)
    {
        message.Sequence = sequence;
        message.FirstReceivedAt = message.LastReceivedAt = message.DueAt = 0;
        to.Messages.Add(message, now);
    }
}
