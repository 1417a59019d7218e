using Sqs.Engine;

namespace Sqs.Storage;

/// <summary>The kinds of records. The numbers are on disk: they are never given a new meaning.</summary>
internal enum RecordKind : byte
{
    QueuePut = 1,
    QueueDeleted = 2,
    Purged = 3,
    Sent = 4,
    Received = 5,
    VisibilityChanged = 6,
    Deleted = 7,
    Moved = 8,
    MoveTask = 9,

    /// <summary>In snapshots: a message with its state.</summary>
    Message = 10,

    /// <summary>In snapshots: a deduplication id whose message may be gone.</summary>
    Deduplication = 11,

    /// <summary>In snapshots, first: the counters.</summary>
    Counters = 12,

    /// <summary>In snapshots, last: without it the snapshot is not whole.</summary>
    End = 13,
}

/// <summary>Writes records. <see cref="Replay"/> reads them: what changes here changes there.</summary>
internal static class Records
{
    public static void QueuePut(Frame to, SqsQueue queue)
    {
        OfQueue(to, RecordKind.QueuePut, queue);
        to.Write(queue.Arn);
        to.Number(queue.CreatedAt);
        to.Number(queue.ModifiedAt);
        to.Number(queue.PurgedAt);
        to.Pairs((IReadOnlyCollection<KeyValuePair<string, string>>)queue.Settings.Given);
        to.Pairs(queue.Tags);
    }

    public static void OfQueue(Frame to, RecordKind kind, SqsQueue queue)
    {
        to.Write((byte)kind);
        to.Number(queue.Id);
    }

    public static void Sent(Frame to, SqsQueue queue, Message message)
    {
        OfQueue(to, RecordKind.Sent, queue);
        Content(to, message);
    }

    public static void Received(Frame to, SqsQueue queue, List<ReceivedMessage> messages)
    {
        OfQueue(to, RecordKind.Received, queue);
        to.Number(messages[0].Message.LastReceivedAt);
        to.Number(messages[0].Message.DueAt);
        to.Number(messages.Count);
        foreach (var received in messages) to.Number(received.Handle.Sequence);
    }

    public static void VisibilityChanged(Frame to, SqsQueue queue, Message message)
    {
        OfQueue(to, RecordKind.VisibilityChanged, queue);
        to.Number(message.Sequence);
        to.Number(message.DueAt);
    }

    public static void Deleted(Frame to, SqsQueue queue, Message message)
    {
        OfQueue(to, RecordKind.Deleted, queue);
        to.Number(message.Sequence);
    }

    /// <summary>A message left one queue for another: both in one step.</summary>
    public static void Moved(Frame to, SqsQueue from, long oldSequence, SqsQueue target, Message message)
    {
        OfQueue(to, RecordKind.Moved, from);
        to.Number(oldSequence);
        to.Number(target.Id);
        to.Number(message.Sequence);
        to.Id(message.Id);
        to.Number(message.ReceiveCount);
        to.Number(message.SentAt);
        to.OptionalText(message.Extras?.DeadLetterSourceArn);
    }

    public static void MoveTask(Frame to, MoveTask task)
    {
        to.Write((byte)RecordKind.MoveTask);
        to.Write(task.Handle);
        to.Write(task.SourceArn);
        to.OptionalText(task.DestinationArn);
        to.Number(task.Rate ?? 0);
        to.Number(task.StartedAt);
        to.Number(task.ToMove);
        to.Number(task.LastSequence);
        to.Number(task.Moved);
        to.Write((byte)task.Status);
        to.OptionalText(task.FailureReason);
    }

    public static void Message(Frame to, SqsQueue queue, Message message)
    {
        OfQueue(to, RecordKind.Message, queue);
        to.Write((byte)message.State);
        to.Number(message.ReceiveCount);
        to.Number(message.FirstReceivedAt);
        to.Number(message.LastReceivedAt);
        Content(to, message);
    }

    public static void Deduplication(Frame to, SqsQueue queue, string key, SentOnce sent)
    {
        OfQueue(to, RecordKind.Deduplication, queue);
        to.Write(key);
        to.Id(sent.MessageId);
        to.Number(sent.Sequence);
        to.Number(sent.SentAt);
    }

    public static void Counters(Frame to, EngineState state)
    {
        to.Write((byte)RecordKind.Counters);
        to.Number(state.LastSequence);
        to.Number(state.LastQueueId);
    }

    private static void Content(Frame to, Message message)
    {
        to.Number(message.Sequence);
        to.Id(message.Id);
        to.Sum(message.BodyMd5);
        to.Number(message.SentAt);
        to.Number(message.DueAt);
        to.OptionalText(message.GroupId);
        to.OptionalText(message.DeduplicationId);
        to.Blob(message.Body.Span);
        to.Write(message.Extras is not null);
        if (message.Extras is not { } extras) return;
        to.OptionalText(extras.TraceHeader);
        to.OptionalText(extras.DeadLetterSourceArn);
        to.Number(extras.Attributes.Length);
        foreach (var attribute in extras.Attributes)
        {
            to.Write(attribute.Name);
            to.Write(attribute.DataType);
            to.Blob(attribute.Value);
        }
    }
}
