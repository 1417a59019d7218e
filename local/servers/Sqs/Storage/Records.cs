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
    public static void QueuePut(RecordWriter writer, SqsQueue queue)
    {
        writer.Byte((byte)RecordKind.QueuePut);
        writer.Number(queue.Id);
        writer.Text(queue.Arn);
        writer.Number(queue.CreatedAt);
        writer.Number(queue.ModifiedAt);
        writer.Number(queue.PurgedAt);
        writer.Pairs((IReadOnlyCollection<KeyValuePair<string, string>>)queue.Settings.Given);
        writer.Pairs(queue.Tags);
    }

    public static void OfQueue(RecordWriter writer, RecordKind kind, SqsQueue queue)
    {
        writer.Byte((byte)kind);
        writer.Number(queue.Id);
    }

    public static void Sent(RecordWriter writer, SqsQueue queue, Message message)
    {
        OfQueue(writer, RecordKind.Sent, queue);
        Content(writer, message, message.Id, message.Sequence, message.SentAt, message.DueAt, message.Extras);
    }

    public static void Received(RecordWriter writer, SqsQueue queue, IReadOnlyList<ReceivedMessage> messages)
    {
        OfQueue(writer, RecordKind.Received, queue);
        writer.Number(messages[0].Message.LastReceivedAt);
        writer.Number(messages[0].Message.DueAt);
        writer.Number(messages.Count);
        foreach (var received in messages) writer.Number(received.Handle.Sequence);
    }

    public static void VisibilityChanged(RecordWriter writer, SqsQueue queue, Message message)
    {
        OfQueue(writer, RecordKind.VisibilityChanged, queue);
        writer.Number(message.Sequence);
        writer.Number(message.DueAt);
    }

    public static void Deleted(RecordWriter writer, SqsQueue queue, Message message)
    {
        OfQueue(writer, RecordKind.Deleted, queue);
        writer.Number(message.Sequence);
    }

    public static void Moved(RecordWriter writer, SqsQueue from, long oldSequence, SqsQueue to, Message message)
    {
        OfQueue(writer, RecordKind.Moved, from);
        writer.Number(oldSequence);
        writer.Number(to.Id);
        writer.Number(message.Sequence);
        writer.Id(message.Id);
        writer.Number(message.ReceiveCount);
        writer.Number(message.SentAt);
        writer.OptionalText(message.Extras?.DeadLetterSourceArn);
    }

    public static void MoveTask(RecordWriter writer, MoveTask task)
    {
        writer.Byte((byte)RecordKind.MoveTask);
        writer.Text(task.Handle);
        writer.Text(task.SourceArn);
        writer.OptionalText(task.DestinationArn);
        writer.Number(task.Rate ?? 0);
        writer.Number(task.StartedAt);
        writer.Number(task.ToMove);
        writer.Number(task.LastSequence);
        writer.Number(task.Moved);
        writer.Byte((byte)task.Status);
        writer.OptionalText(task.FailureReason);
    }

    public static void Message(RecordWriter writer, in MessageImage image)
    {
        writer.Byte((byte)RecordKind.Message);
        writer.Number(image.QueueId);
        writer.Byte((byte)image.State);
        writer.Number(image.ReceiveCount);
        writer.Number(image.FirstReceivedAt);
        writer.Number(image.LastReceivedAt);
        Content(writer, image.Message, image.Id, image.Sequence, image.SentAt, image.DueAt, image.Extras);
    }

    public static void Deduplication(RecordWriter writer, int queueId, string key, SentOnce sent)
    {
        writer.Byte((byte)RecordKind.Deduplication);
        writer.Number(queueId);
        writer.Text(key);
        writer.Id(sent.MessageId);
        writer.Number(sent.Sequence);
        writer.Number(sent.SentAt);
    }

    public static void Counters(RecordWriter writer, long lastSequence, int lastQueueId)
    {
        writer.Byte((byte)RecordKind.Counters);
        writer.Number(lastSequence);
        writer.Number(lastQueueId);
    }

    private static void Content(
        RecordWriter writer, Message message, Guid id, long sequence, long sentAt, long dueAt, MessageExtras? extras)
    {
        writer.Number(sequence);
        writer.Id(id);
        writer.Sum(message.BodyMd5);
        writer.Number(sentAt);
        writer.Number(dueAt);
        writer.OptionalText(message.GroupId);
        writer.OptionalText(message.DeduplicationId);
        writer.Blob(message.Body.Span);
        writer.Byte(extras is null ? (byte)0 : (byte)1);
        if (extras is null) return;
        writer.OptionalText(extras.TraceHeader);
        writer.OptionalText(extras.DeadLetterSourceArn);
        writer.Number(extras.Attributes.Length);
        foreach (var attribute in extras.Attributes)
        {
            writer.Text(attribute.Name);
            writer.Text(attribute.DataType);
            writer.Blob(attribute.Value);
        }
    }
}

/// <summary>A message as it was at one moment: what a snapshot writes after the engine's lock has been given back.</summary>
internal readonly record struct MessageImage(
    int QueueId, Message Message, Guid Id, long Sequence, MessageState State, int ReceiveCount, long FirstReceivedAt, long LastReceivedAt,
    long SentAt, long DueAt, MessageExtras? Extras)
{
    public static MessageImage Of(SqsQueue queue, Message message) => new(
        queue.Id, message, message.Id, message.Sequence, message.State, message.ReceiveCount, message.FirstReceivedAt, message.LastReceivedAt,
        message.SentAt, message.DueAt, message.Extras);
}
