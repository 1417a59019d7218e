namespace Sqs.Engine;

/// <summary>What a ReceiveMessage call asks for. Times in seconds; null means the queue's own.</summary>
internal sealed record ReceiveRequest(int Maximum, int? VisibilityTimeout, string? AttemptId);

/// <summary>A message as one receive saw it: the message itself goes on changing.</summary>
internal readonly record struct ReceivedMessage(Message Message, ReceiptHandle Handle, int ReceiveCount, long FirstReceivedAt);

/// <summary>Receives messages: at once, or when there are some.</summary>
internal static class Receiver
{
    /// <summary>SQS's limit of messages in flight, standard and FIFO.</summary>
    public const int MaximumInFlight = 120_000;

    /// <summary>Takes what is visible now, at most as many as asked for; what was received too often goes to the dead-letter queue instead.</summary>
    public static List<ReceivedMessage> Take(SqsEngine engine, SqsQueue queue, ReceiveRequest request, long now)
    {
        var store = queue.Messages;
        queue.Expire(now);
        store.Promote(now);
        var until = now + ((request.VisibilityTimeout ?? queue.Settings.VisibilityTimeout) * 1000L);
        if (request.AttemptId is { } attempt && Repeat(engine, queue, attempt, until, now) is { } same) return same;
        var taken = new List<ReceivedMessage>(Math.Min(request.Maximum, store.Visible));
        var turn = default(Turn);
        while (taken.Count < request.Maximum && store.Next(ref turn) is { } message)
        {
            if (queue.IsExpired(message, now)) store.Remove(message);
            else if (DeadLettersFor(engine, queue, message) is { } deadLetters) Redrive.ToDeadLetters(engine, queue, message, deadLetters, now);
            else if (store.InFlight >= MaximumInFlight) break;
            else taken.Add(Receive(queue, message, until, now));
        }

        store.EndTurn(turn);
        if (taken.Count == 0) return taken;
        if (request.AttemptId is { } id) queue.Attempts.Add(id, taken, now);
        engine.Journal?.Append(to => Storage.Records.Received(to, queue, taken));
        // A visibility timeout of zero: hidden first all the same, so that one call never returns a message twice.
        if (until <= now) store.Promote(now);
        return taken;
    }

    /// <exception cref="SqsException">A standard queue has its limit of messages in flight. A FIFO queue answers empty then.</exception>
    public static void CheckInFlight(SqsQueue queue)
    {
        if (!queue.IsFifo && queue.Messages.InFlight >= MaximumInFlight)
            throw SqsError.OverLimit.With($"Too many messages in flight for queue {queue.Name}: the limit is {MaximumInFlight}.");
    }

    /// <summary>
    /// A call repeated with the same ReceiveRequestAttemptId gets the same messages with the same handles again, hidden anew, as long
    /// as none of them was deleted, changed or received since; null where it has to be a new receive.
    /// </summary>
    private static List<ReceivedMessage>? Repeat(SqsEngine engine, SqsQueue queue, string attempt, long until, long now)
    {
        if (!queue.Attempts.TryGet(attempt, now, out var messages) || !messages.TrueForAll(message => IsUnchanged(queue, message))) return null;
        foreach (var (message, _, _, _) in messages)
        {
            queue.Messages.Reschedule(message, until, now);
            engine.Journal?.Append(to => Storage.Records.VisibilityChanged(to, queue, message));
        }

        return messages;
    }

    private static bool IsUnchanged(SqsQueue queue, ReceivedMessage received)
        => received.Message.State == MessageState.InFlight
        && received.Message.ReceiveCount == received.ReceiveCount
        && queue.Messages.Find(received.Handle.Sequence) == received.Message;

    /// <summary>Where a message goes that was received too often; null where it was not, or there is no such queue any more.</summary>
    private static SqsQueue? DeadLettersFor(SqsEngine engine, SqsQueue queue, Message message)
        => queue.Settings.Redrive is { } policy && message.ReceiveCount >= policy.MaxReceiveCount ? engine.State.FindByArn(policy.TargetArn) : null;

    private static ReceivedMessage Receive(SqsQueue queue, Message message, long until, long now)
    {
        message.ReceiveCount++;
        message.LastReceivedAt = now;
        if (message.FirstReceivedAt == 0) message.FirstReceivedAt = now;
        queue.Messages.Hide(message, until);
        return new ReceivedMessage(
            message, new ReceiptHandle(queue.Id, message.Sequence, message.ReceiveCount), message.ReceiveCount, message.FirstReceivedAt);
    }
}

/// <summary>Moves messages between queues.</summary>
internal static class Redrive
{
    /// <summary>
    /// Moves a message that was received too often. A standard queue's dead letter keeps the time it was first sent, a FIFO one does
    /// not, and gets its message id as its deduplication id; both keep their receive count.
    /// </summary>
    public static void ToDeadLetters(SqsEngine engine, SqsQueue from, Message message, SqsQueue to, long now)
    {
        message.DeadLetterSourceArn = from.Arn;
        if (to.IsFifo) (message.SentAt, message.DeduplicationId) = (now, DeadLetterId(message));
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
        engine.Journal?.Append(frame => Storage.Records.Moved(frame, from, oldSequence, to, message));
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
