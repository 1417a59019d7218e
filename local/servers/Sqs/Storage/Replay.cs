using Sqs.Engine;

namespace Sqs.Storage;

/// <summary>
/// Applies records to a state, in the order in which they were written. Times are the records' own: a message that became
/// visible while nobody was running becomes visible when the engine looks at its queue.
/// </summary>
internal sealed class Replay(SqsAccount home)
{
    public EngineState State { get; } = new();

    /// <summary>Whether a snapshot's last record has been seen.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Applies the records of one frame.</summary>
    /// <exception cref="InvalidDataException">A record is of a kind that this version does not know.</exception>
    public void Apply(RecordReader from)
    {
        while (!from.IsAtEnd) ApplyOne(from);
    }

    private void ApplyOne(RecordReader from)
    {
        switch ((RecordKind)from.ReadByte())
        {
            case RecordKind.QueuePut: QueuePut(from); break;
            case RecordKind.QueueDeleted: State.Remove(Queue(from)); break;
            case RecordKind.Purged: QueueRegistry.Empty(Queue(from)); break;
            case RecordKind.Sent: Sent(from); break;
            case RecordKind.Received: Received(from); break;
            case RecordKind.VisibilityChanged: VisibilityChanged(from); break;
            case RecordKind.Deleted: Deleted(from); break;
            case RecordKind.Moved: Moved(from); break;
            case RecordKind.MoveTask: MoveTasks.Remember(State, MoveTaskOf(from)); break;
            case RecordKind.Message: Message(from); break;
            case RecordKind.Deduplication: Deduplication(from); break;
            case RecordKind.Counters: (State.LastSequence, State.LastQueueId) = (from.Number(), from.Int()); break;
            case RecordKind.End: HasEnded = true; break;
            default: throw new InvalidDataException("The data were written by a newer version of this server.");
        }
    }

    private SqsQueue Queue(RecordReader from)
    {
        var id = from.Int();
        return State.FindById(id) ?? throw new InvalidDataException($"The data name queue {id}, which they do not define.");
    }

    private void QueuePut(RecordReader from)
    {
        var (id, arn, createdAt) = (from.Int(), from.ReadString(), from.Number());
        var (modifiedAt, purgedAt) = (from.Number(), from.Number());
        var settings = new QueueSettings(from.Pairs());
        if (State.FindById(id) is not { } queue) State.Add(queue = NewQueue(id, arn, settings, createdAt));
        queue.Settings = settings;
        queue.ModifiedAt = modifiedAt;
        queue.PurgedAt = purgedAt;
        queue.Tags.Clear();
        foreach (var (key, value) in from.Pairs()) queue.Tags[key] = value;
    }

    /// <summary>Where there is a name in place of the ARN, the data are of a version that knew one account only.</summary>
    private SqsQueue NewQueue(int id, string arn, QueueSettings settings, long createdAt)
    {
        var (account, name) = arn.Contains(':', StringComparison.Ordinal) ? SqsAccount.OfArn(arn) : (home, arn);
        return new SqsQueue(id, account, name, settings, createdAt);
    }

    private void Sent(RecordReader from)
    {
        var queue = Queue(from);
        var message = Content(from);
        Sender.Accept(queue, message, message.SentAt);
    }

    private void Received(RecordReader from)
    {
        var queue = Queue(from);
        var (at, until) = (from.Number(), from.Number());
        queue.Messages.Promote(at);
        for (var count = from.Int(); count > 0; count--)
        {
            if (queue.Messages.Find(from.Number()) is not { } message) continue;
            message.ReceiveCount++;
            message.LastReceivedAt = at;
            if (message.FirstReceivedAt == 0) message.FirstReceivedAt = at;
            Hide(queue, message, until);
        }
    }

    private void VisibilityChanged(RecordReader from)
    {
        var queue = Queue(from);
        var (message, until) = (queue.Messages.Find(from.Number()), from.Number());
        if (message is not null) Hide(queue, message, until);
    }

    /// <summary>Whatever the replay's clock made of the message, it was in flight when this was written.</summary>
    private static void Hide(SqsQueue queue, Message message, long until)
    {
        if (message.State != MessageState.Visible) queue.Messages.Reschedule(message, until: 0, now: 0);
        queue.Messages.Hide(message, until);
        queue.Messages.EndTurn(new Turn(message.Lane, 0));
    }

    private void Deleted(RecordReader from)
    {
        var queue = Queue(from);
        if (queue.Messages.Find(from.Number()) is { } message) queue.Messages.Remove(message);
    }

    private void Moved(RecordReader from)
    {
        var source = Queue(from);
        var message = source.Messages.Find(from.Number());
        var target = Queue(from);
        var (sequence, id, count) = (from.Number(), from.Id(), from.Int());
        var (sentAt, sourceArn) = (from.Number(), from.OptionalText());
        State.LastSequence = Math.Max(State.LastSequence, sequence);
        if (message is null) return;
        source.Messages.Remove(message);
        message.Id = id;
        message.SentAt = sentAt;
        message.ReceiveCount = count;
        if (sourceArn is not null || message.Extras is not null)
            message.Extras = (message.Extras ?? MessageExtras.None) with { DeadLetterSourceArn = sourceArn };
        if (target.IsFifo && sourceArn is not null) message.DeduplicationId = Redrive.DeadLetterId(message);
        Redrive.Arrive(target, message, sequence, sentAt);
    }

    private static MoveTask MoveTaskOf(RecordReader from) => new()
    {
        Handle = from.ReadString(),
        SourceArn = from.ReadString(),
        DestinationArn = from.OptionalText(),
        Rate = from.Int() is > 0 and var rate ? rate : null,
        StartedAt = from.Number(),
        ToMove = from.Number(),
        LastSequence = from.Number(),
        Moved = from.Number(),
        Status = (MoveTaskStatus)from.ReadByte(),
        FailureReason = from.OptionalText(),
    };

    private void Message(RecordReader from)
    {
        var queue = Queue(from);
        var state = (MessageState)from.ReadByte();
        var (count, first, last) = (from.Int(), from.Number(), from.Number());
        var message = Content(from);
        (message.ReceiveCount, message.FirstReceivedAt, message.LastReceivedAt) = (count, first, last);
        var until = message.DueAt;
        queue.Messages.Add(message, now: state == MessageState.Delayed ? 0 : long.MaxValue);
        if (state == MessageState.InFlight) Hide(queue, message, until);
    }

    private void Deduplication(RecordReader from)
    {
        var (queue, key) = (Queue(from), from.ReadString());
        var sent = new SentOnce(from.Id(), from.Number(), from.Number());
        queue.Deduplication.Add(key, sent, sent.SentAt);
    }

    private Message Content(RecordReader from)
    {
        var message = new Message
        {
            Sequence = from.Number(),
            Id = from.Id(),
            BodyMd5 = from.Sum(),
            SentAt = from.Number(),
            DueAt = from.Number(),
            GroupId = from.OptionalText(),
            DeduplicationId = from.OptionalText(),
            Body = from.Blob(),
            Extras = from.ReadBoolean() ? Extras(from) : null,
        };
        State.LastSequence = Math.Max(State.LastSequence, message.Sequence);
        return message;
    }

    private static MessageExtras Extras(RecordReader from)
    {
        var (trace, source) = (from.OptionalText(), from.OptionalText());
        var attributes = new MessageAttribute[from.Int()];
        for (var i = 0; i < attributes.Length; i++) attributes[i] = new MessageAttribute(from.ReadString(), from.ReadString(), from.Blob());
        return new MessageExtras(attributes, trace, source);
    }
}
