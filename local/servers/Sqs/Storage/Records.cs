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

/// <summary>Writes records. <see cref="Replay"/> reads them: what changes here changes there. Of the long ones the fields are listed here for both.</summary>
internal static class Records
{
    /// <summary>Begins a record about a queue.</summary>
    public static Fields OfQueue(Frame to, RecordKind kind, SqsQueue queue)
    {
        to.Fields.Byte((byte)kind);
        to.Fields.Number(queue.Id);
        return to.Fields;
    }

    public static void QueuePut(Frame to, SqsQueue queue)
    {
        var fields = OfQueue(to, RecordKind.QueuePut, queue);
        fields.Text(queue.Arn);
        fields.Number(queue.CreatedAt);
        fields.Number(queue.ModifiedAt);
        // What stood here, the time of the last purge, nobody asks for any more.
        fields.Number();
        fields.Pairs((IReadOnlyCollection<KeyValuePair<string, string>>)queue.Settings.Given);
        fields.Pairs(queue.Tags);
    }

    public static void Sent(Frame to, SqsQueue queue, Message message) => Content(OfQueue(to, RecordKind.Sent, queue), message);

    public static void Received(Frame to, SqsQueue queue, List<ReceivedMessage> messages)
    {
        var fields = OfQueue(to, RecordKind.Received, queue);
        fields.Number(messages[0].Message.LastReceivedAt);
        fields.Number(messages[0].Message.DueAt);
        fields.Number(messages.Count);
        foreach (var received in messages) fields.Number(received.Handle.Sequence);
    }

    public static void VisibilityChanged(Frame to, SqsQueue queue, Message message)
    {
        var fields = OfQueue(to, RecordKind.VisibilityChanged, queue);
        fields.Number(message.Sequence);
        fields.Number(message.DueAt);
    }

    public static void Deleted(Frame to, SqsQueue queue, Message message) => OfQueue(to, RecordKind.Deleted, queue).Number(message.Sequence);

    /// <summary>A message left one queue for another: both in one step.</summary>
    public static void Moved(Frame to, SqsQueue from, long oldSequence, SqsQueue target, Message message)
    {
        var fields = OfQueue(to, RecordKind.Moved, from);
        fields.Number(oldSequence);
        fields.Number(target.Id);
        fields.Number(message.Sequence);
        fields.Id(message.Id);
        fields.Number(message.ReceiveCount);
        fields.Number(message.SentAt);
        fields.OptionalText(message.DeadLetterSourceArn);
    }

    public static void MoveTask(Frame to, MoveTask task)
    {
        to.Fields.Byte((byte)RecordKind.MoveTask);
        MoveTask(to.Fields, task);
    }

    public static void Message(Frame to, SqsQueue queue, Message message)
    {
        var fields = OfQueue(to, RecordKind.Message, queue);
        Standing(fields, message);
        Content(fields, message);
    }

    public static void Deduplication(Frame to, SqsQueue queue, string key, SentOnce sent)
    {
        var fields = OfQueue(to, RecordKind.Deduplication, queue);
        fields.Text(key);
        fields.Id(sent.MessageId);
        fields.Number(sent.Sequence);
        fields.Number(sent.SentAt);
    }

    public static void Counters(Frame to, EngineState state)
    {
        to.Fields.Byte((byte)RecordKind.Counters);
        to.Fields.Number(state.LastSequence);
        to.Fields.Number(state.LastQueueId);
    }

    public static MoveTask MoveTask(Fields fields, MoveTask task)
    {
        task.Handle = fields.Text(task.Handle);
        task.SourceArn = fields.Text(task.SourceArn);
        task.DestinationArn = fields.OptionalText(task.DestinationArn);
        task.Rate = fields.Int(task.Rate ?? 0) is > 0 and var rate ? rate : null;
        task.StartedAt = fields.Number(task.StartedAt);
        task.ToMove = fields.Number(task.ToMove);
        task.LastSequence = fields.Number(task.LastSequence);
        task.Moved = fields.Number(task.Moved);
        task.Status = (MoveTaskStatus)fields.Byte((byte)task.Status);
        task.FailureReason = fields.OptionalText(task.FailureReason);
        return task;
    }

    /// <summary>What became of a message since it was sent.</summary>
    /// <returns>Where it is.</returns>
    public static MessageState Standing(Fields fields, Message message)
    {
        var state = (MessageState)fields.Byte((byte)message.State);
        message.ReceiveCount = fields.Int(message.ReceiveCount);
        message.FirstReceivedAt = fields.Number(message.FirstReceivedAt);
        message.LastReceivedAt = fields.Number(message.LastReceivedAt);
        return state;
    }

    public static Message Content(Fields fields, Message message)
    {
        message.Sequence = fields.Number(message.Sequence);
        message.Id = fields.Id(message.Id);
        message.BodyMd5 = fields.Sum(message.BodyMd5);
        message.SentAt = fields.Number(message.SentAt);
        message.DueAt = fields.Number(message.DueAt);
        message.GroupId = fields.OptionalText(message.GroupId);
        message.DeduplicationId = fields.OptionalText(message.DeduplicationId);
        message.Body = fields.Blob(message.Body);
        if (!fields.Truth(message.Attributes.Length > 0 || (message.TraceHeader ?? message.DeadLetterSourceArn) is not null)) return message;
        message.TraceHeader = fields.OptionalText(message.TraceHeader);
        message.DeadLetterSourceArn = fields.OptionalText(message.DeadLetterSourceArn);
        // Room for those that are read; those that are written are there.
        var attributes = message.Attributes;
        Array.Resize(ref attributes, fields.Int(attributes.Length));
        message.Attributes = Array.ConvertAll(attributes, each
            => new MessageAttribute(fields.Text(each?.Name), fields.Text(each?.DataType), fields.Blob(each?.Value).ToArray()));
        return message;
    }
}
