using Sqs.Engine;

namespace Sqs.Storage;

/// <summary>
/// Applies records to a state, in the order in which they were written. Times are the records' own: a message that became
/// visible while nobody was running becomes visible when the engine looks at its queue.
/// </summary>
internal sealed class Replay
{
    private readonly SqsAccount _account;

    public Replay(EngineState state, SqsAccount account)
    {
        State = state;
        _account = account;
    }

    public EngineState State { get; }

    /// <summary>Whether a snapshot's last record has been seen.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Applies the records of one frame.</summary>
    /// <exception cref="InvalidDataException">A record is of a kind that this version does not know.</exception>
    public void Apply(ReadOnlySpan<byte> records)
    {
        var reader = new RecordReader(records);
        while (!reader.IsAtEnd) ApplyOne(ref reader);
    }

    private void ApplyOne(ref RecordReader reader)
    {
        switch ((RecordKind)reader.Byte())
        {
            case RecordKind.QueuePut: QueuePut(ref reader); break;
            case RecordKind.QueueDeleted: State.Remove(Queue(ref reader)); break;
            case RecordKind.Purged: QueueRegistry.Empty(Queue(ref reader)); break;
            case RecordKind.Sent: Sent(ref reader); break;
            case RecordKind.Received: Received(ref reader); break;
            case RecordKind.VisibilityChanged: VisibilityChanged(ref reader); break;
            case RecordKind.Deleted: Deleted(ref reader); break;
            case RecordKind.Moved: Moved(ref reader); break;
            case RecordKind.MoveTask: MoveTasks.Remember(State, MoveTaskOf(ref reader)); break;
            case RecordKind.Message: Message(ref reader); break;
            case RecordKind.Deduplication: Deduplication(ref reader); break;
            case RecordKind.Counters:
                State.LastSequence = reader.Number();
                State.LastQueueId = reader.Int();
                break;
            case RecordKind.End: HasEnded = true; break;
            default: throw new InvalidDataException("The data were written by a newer version of this server.");
        }
    }

    private SqsQueue Queue(ref RecordReader reader)
    {
        var id = reader.Int();
        return State.FindById(id) ?? throw new InvalidDataException($"The data name queue {id}, which they do not define.");
    }

    private void QueuePut(ref RecordReader reader)
    {
        var (id, arn, createdAt) = (reader.Int(), reader.Text(), reader.Number());
        var (modifiedAt, purgedAt) = (reader.Number(), reader.Number());
        var settings = new QueueSettings(reader.Pairs());
        if (State.FindById(id) is not { } queue) State.Add(queue = NewQueue(id, arn, settings, createdAt));
        queue.Settings = settings;
        queue.ModifiedAt = modifiedAt;
        queue.PurgedAt = purgedAt;
        queue.Tags.Clear();
        foreach (var (key, value) in reader.Pairs()) queue.Tags[key] = value;
    }

    /// <summary>Where there is a name in place of the ARN, the data are of a version that knew one account only.</summary>
    private SqsQueue NewQueue(int id, string arn, QueueSettings settings, long createdAt)
    {
        var (account, name) = arn.Contains(':', StringComparison.Ordinal) ? SqsAccount.OfArn(arn) : (_account, arn);
        return new SqsQueue(id, account, name, settings, createdAt);
    }

    private void Sent(ref RecordReader reader)
    {
        var queue = Queue(ref reader);
        var message = Content(ref reader);
        Sender.Accept(queue, message, message.SentAt);
    }

    private void Received(ref RecordReader reader)
    {
        var queue = Queue(ref reader);
        var (at, until) = (reader.Number(), reader.Number());
        queue.Messages.Promote(at);
        for (var count = reader.Int(); count > 0; count--)
        {
            if (queue.Messages.Find(reader.Number()) is not { } message) continue;
            message.ReceiveCount++;
            message.LastReceivedAt = at;
            if (message.FirstReceivedAt == 0) message.FirstReceivedAt = at;
            Hide(queue, message, until);
        }
    }

    private void VisibilityChanged(ref RecordReader reader)
    {
        var queue = Queue(ref reader);
        var (message, until) = (queue.Messages.Find(reader.Number()), reader.Number());
        if (message is not null) Hide(queue, message, until);
    }

    /// <summary>Whatever the replay's clock made of the message, it was in flight when this was written.</summary>
    private static void Hide(SqsQueue queue, Message message, long until)
    {
        if (message.State != MessageState.Visible) queue.Messages.Reschedule(message, until: 0, now: 0);
        queue.Messages.Hide(message, until);
        queue.Messages.EndTurn(new Turn(message.Lane, 0));
    }

    private void Deleted(ref RecordReader reader)
    {
        var queue = Queue(ref reader);
        if (queue.Messages.Find(reader.Number()) is { } message) queue.Messages.Remove(message);
    }

    private void Moved(ref RecordReader reader)
    {
        var from = Queue(ref reader);
        var message = from.Messages.Find(reader.Number());
        var to = Queue(ref reader);
        var (sequence, id, count) = (reader.Number(), reader.Id(), reader.Int());
        var (sentAt, source) = (reader.Number(), reader.OptionalText());
        State.LastSequence = Math.Max(State.LastSequence, sequence);
        if (message is null) return;
        from.Messages.Remove(message);
        message.Id = id;
        message.SentAt = sentAt;
        message.ReceiveCount = count;
        if (source is not null || message.Extras is not null)
            message.Extras = (message.Extras ?? MessageExtras.None) with { DeadLetterSourceArn = source };
        if (to.IsFifo && source is not null) message.DeduplicationId = Redrive.DeadLetterId(message);
        Redrive.Arrive(to, message, sequence, sentAt);
    }

    private static MoveTask MoveTaskOf(ref RecordReader reader) => new()
    {
        Handle = reader.Text(),
        SourceArn = reader.Text(),
        DestinationArn = reader.OptionalText(),
        Rate = reader.Int() is > 0 and var rate ? rate : null,
        StartedAt = reader.Number(),
        ToMove = reader.Number(),
        LastSequence = reader.Number(),
        Moved = reader.Number(),
        Status = (MoveTaskStatus)reader.Byte(),
        FailureReason = reader.OptionalText(),
    };

    private void Message(ref RecordReader reader)
    {
        var queue = Queue(ref reader);
        var state = (MessageState)reader.Byte();
        var (count, first, last) = (reader.Int(), reader.Number(), reader.Number());
        var message = Content(ref reader);
        message.ReceiveCount = count;
        message.FirstReceivedAt = first;
        message.LastReceivedAt = last;
        var until = message.DueAt;
        queue.Messages.Add(message, now: state == MessageState.Delayed ? 0 : long.MaxValue);
        if (state == MessageState.InFlight) Hide(queue, message, until);
    }

    private void Deduplication(ref RecordReader reader)
    {
        var queue = Queue(ref reader);
        queue.Deduplication.Add(reader.Text(), new SentOnce(reader.Id(), reader.Number(), reader.Number()));
    }

    private Message Content(ref RecordReader reader)
    {
        var message = new Message
        {
            Sequence = reader.Number(),
            Id = reader.Id(),
            BodyMd5 = reader.Sum(),
            SentAt = reader.Number(),
            DueAt = reader.Number(),
            GroupId = reader.OptionalText(),
            DeduplicationId = reader.OptionalText(),
            Body = reader.Blob().ToArray(),
            Extras = reader.Byte() == 0 ? null : Extras(ref reader),
        };
        State.LastSequence = Math.Max(State.LastSequence, message.Sequence);
        return message;
    }

    private static MessageExtras Extras(ref RecordReader reader)
    {
        var (trace, source) = (reader.OptionalText(), reader.OptionalText());
        var attributes = new MessageAttribute[reader.Int()];
        for (var i = 0; i < attributes.Length; i++)
            attributes[i] = new MessageAttribute(reader.Text(), reader.Text(), reader.Blob().ToArray());
        return new MessageExtras(attributes, trace, source);
    }
}
