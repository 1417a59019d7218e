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
    public void Apply(Fields from)
    {
        while (!from.IsAtEnd) ApplyOne(from);
    }

    private void ApplyOne(Fields from)
    {
        switch ((RecordKind)from.Byte())
        {
            case RecordKind.QueuePut: QueuePut(from); break;
            case RecordKind.QueueDeleted: State.Remove(Queue(from)); break;
            case RecordKind.Purged: QueueRegistry.Empty(Queue(from)); break;
            case RecordKind.Sent: Sent(from); break;
            case RecordKind.Received: Received(from); break;
            case RecordKind.VisibilityChanged: VisibilityChanged(from); break;
            case RecordKind.Deleted: Deleted(from); break;
            case RecordKind.Moved: Moved(from); break;
            case RecordKind.MoveTask: MoveTasks.Remember(State, Records.MoveTask(from, new MoveTask())); break;
            case RecordKind.Message: Message(from); break;
            case RecordKind.Deduplication: Deduplication(from); break;
            case RecordKind.Counters: (State.LastSequence, State.LastQueueId) = (from.Number(), from.Int()); break;
            case RecordKind.End: HasEnded = true; break;
            default: throw new InvalidDataException("The data were written by a newer version of this server.");
        }
    }

    private SqsQueue Queue(Fields from)
    {
        var id = from.Int();
        return State.FindById(id) ?? throw new InvalidDataException($"The data name queue {id}, which they do not define.");
    }

    private void QueuePut(Fields from)
    {
        var (id, arn, createdAt) = (from.Int(), from.Text(), from.Number());
        var (modifiedAt, _) = (from.Number(), from.Number());
        var settings = new QueueSettings(from.Pairs());
        if (State.FindById(id) is not { } queue) State.Add(queue = NewQueue(id, arn, settings, createdAt));
        queue.Settings = settings;
        queue.ModifiedAt = modifiedAt;
        queue.Tags.Clear();
        foreach (var (key, value) in from.Pairs()) queue.Tags[key] = value;
    }

    /// <summary>Where there is a name in place of the ARN, the data are of a version that knew one account only.</summary>
    private SqsQueue NewQueue(int id, string arn, QueueSettings settings, long createdAt)
    {
        var (account, name) = arn.Contains(':', StringComparison.Ordinal) ? SqsAccount.OfArn(arn) : (home, arn);
        return new SqsQueue(id, account, name, settings, createdAt);
    }

    private void Sent(Fields from)
    {
        var queue = Queue(from);
        var message = Content(from, new Message());
        Sender.Accept(queue, message, message.SentAt);
    }

    private void Received(Fields from)
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

    private void VisibilityChanged(Fields from)
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

    private void Deleted(Fields from)
    {
        var queue = Queue(from);
        if (queue.Messages.Find(from.Number()) is { } message) queue.Messages.Remove(message);
    }

    private void Moved(Fields from)
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
        message.DeadLetterSourceArn = sourceArn;
        if (target.IsFifo && sourceArn is not null) message.DeduplicationId = Redrive.DeadLetterId(message);
        Redrive.Arrive(target, message, sequence, sentAt);
    }

    private void Message(Fields from)
    {
        var queue = Queue(from);
        var message = new Message();
        var state = Records.Standing(from, message);
        Content(from, message);
        var until = message.DueAt;
        queue.Messages.Add(message, now: state == MessageState.Delayed ? 0 : long.MaxValue);
        if (state == MessageState.InFlight) Hide(queue, message, until);
    }

    private void Deduplication(Fields from)
    {
        var (queue, key) = (Queue(from), from.Text());
        var sent = new SentOnce(from.Id(), from.Number(), from.Number());
        queue.Deduplication.Add(key, sent, sent.SentAt);
    }

    private Message Content(Fields from, Message message)
    {
        Records.Content(from, message);
        State.LastSequence = Math.Max(State.LastSequence, message.Sequence);
        return message;
    }
}
