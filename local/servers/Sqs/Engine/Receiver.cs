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
        if (request.AttemptId is { } attempt && queue.Attempts.Repeat(engine, queue, attempt, until, now) is { } same) return same;
        var taken = new List<ReceivedMessage>(Math.Min(request.Maximum, store.Visible));
        var turn = default(Turn);
        while (taken.Count < request.Maximum && store.Next(ref turn) is { } message)
        {
            if (queue.IsExpired(message, now)) store.Remove(message);
            else if (IsExhausted(engine, queue, message, out var deadLetters)) Redrive.ToDeadLetters(engine, queue, message, deadLetters, now);
            else if (store.InFlight >= MaximumInFlight) break;
            else taken.Add(Receive(queue, message, until, now));
        }

        store.EndTurn(turn);
        if (taken.Count == 0) return taken;
        if (request.AttemptId is { } id) queue.Attempts.Add(id, taken, now);
        engine.Journal.Received(queue, taken);
        // A visibility timeout of zero: hidden first all the same, so that one call never returns a message twice.
        if (until <= now) store.Promote(now);
        return taken;
    }

    /// <exception cref="SqsException">A standard queue has its limit of messages in flight. A FIFO queue answers empty then.</exception>
    public static void CheckInFlight(SqsQueue queue)
    {
        if (!queue.IsFifo && queue.Messages.InFlight >= MaximumInFlight)
            throw new SqsException(SqsError.OverLimit, $"Too many messages in flight for queue {queue.Name}: the limit is {MaximumInFlight}.");
    }

    private static bool IsExhausted(
        SqsEngine engine, SqsQueue queue, Message message, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SqsQueue? deadLetters)
    {
        deadLetters = null;
        if (queue.Settings.Redrive is not { } policy || message.ReceiveCount < policy.MaxReceiveCount) return false;
        deadLetters = engine.State.FindByArn(policy.TargetArn);
        return deadLetters is not null;
    }

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
