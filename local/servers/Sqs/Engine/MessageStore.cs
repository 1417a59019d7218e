namespace Sqs.Engine;

/// <summary>
/// The messages of one queue and their states. It knows order, groups and times, and nothing of policies: who may receive
/// what, and what happens to a message that is received too often, is decided by its callers.
/// </summary>
internal sealed class MessageStore(bool isFifo)
{
    private static readonly Comparer<Message> ByDue =
        Comparer<Message>.Create(
            static (left, right) => left.DueAt == right.DueAt ? left.Sequence.CompareTo(right.Sequence) : left.DueAt.CompareTo(right.DueAt));

    private readonly SortedSet<Message> _timed = new(ByDue);
    private readonly Dictionary<string, Lane> _lanes = [];
    private readonly LinkedList<Lane> _ring = new();
    private readonly SortedDictionary<long, Message> _all = [];

    public int Visible { get; private set; }
    public int InFlight { get; private set; }
    public int Delayed { get; private set; }
    public int Count => _all.Count;

    /// <summary>The message that has been here longest.</summary>
    public Message? Oldest => _all.Count == 0 ? null : _all.First().Value;

    /// <summary>When the next delay or visibility timeout ends, or null.</summary>
    public long? NextDueAt => _timed.Min?.DueAt;

    public Message? Find(long sequence) => _all.GetValueOrDefault(sequence);

    /// <summary>Adds a message: visible, or delayed where its <see cref="Message.DueAt"/> is in the future.</summary>
    public void Add(Message message, long now)
    {
        _all.Add(message.Sequence, message);
        JoinLane(message);
        if (message.DueAt > now) Time(message, MessageState.Delayed);
        else Show(message, returned: false);
    }

    /// <summary>Makes visible what is due.</summary>
    public void Promote(long now)
    {
        while (_timed.Min is { } message && message.DueAt <= now)
        {
            Untime(message);
            // Best-effort order: whose timeout is over comes before what was sent later; what was never hidden goes to the end.
            Show(message, returned: message.ReceiveCount > 0 && message.DueAt > message.LastReceivedAt);
        }
    }

    /// <summary>
    /// The visible message that is next for the call whose turn this is; it must then be hidden or removed. On a FIFO queue
    /// one call gets a group's messages together, as far as none before them is in flight with another call.
    /// </summary>
    public Message? Next(ref Turn turn)
    {
        var first = _ring.First?.Value;
        if (!isFifo) return first?.First;
        if (turn.Lane?.First is { } same && same.Sequence < turn.Limit) return same;
        EndTurn(turn);
        first = _ring.First?.Value;
        turn = new Turn(first, first?.LockedFrom ?? 0);
        return first?.First;
    }

    /// <summary>Ends a call's turn: what comes after the messages that it took is locked from now on.</summary>
    public void EndTurn(in Turn turn)
    {
        if (turn.Lane is { } lane) Settle(lane);
    }

    /// <summary>Hides a visible message until its visibility timeout ends. On a FIFO queue, within a turn.</summary>
    public void Hide(Message message, long until)
    {
        Unshow(message);
        message.DueAt = until;
        Time(message, MessageState.InFlight);
        if (isFifo || message.Lane!.Turn.List is null) return;
        _ring.Remove(message.Lane.Turn);
        _ring.AddLast(message.Lane.Turn);
    }

    /// <summary>Changes when a delayed or hidden message becomes visible: at once where that is not in the future.</summary>
    public void Reschedule(Message message, long until, long now)
    {
        var state = message.State;
        Untime(message);
        message.DueAt = until;
        if (until > now) Time(message, state);
        else Show(message, returned: false);
    }

    public void Remove(Message message)
    {
        if (message.State == MessageState.Visible) Unshow(message);
        else Untime(message);
        var lane = message.Lane!;
        if (--lane.Count == 0) _lanes.Remove(lane.Name);
        Settle(lane);
        message.Lane = null;
        _all.Remove(message.Sequence);
    }

    /// <summary>All messages, oldest first.</summary>
    public IEnumerable<Message> All() => _all.Values;

    private void JoinLane(Message message)
    {
        var name = message.GroupId ?? "";
        if (!_lanes.TryGetValue(name, out var lane)) _lanes.Add(name, lane = new Lane(name));
        // One string for all messages of a group.
        if (message.GroupId is not null) message.GroupId = lane.Name;
        lane.Count++;
        message.Lane = lane;
    }

    private void Show(Message message, bool returned)
    {
        message.State = MessageState.Visible;
        Visible++;
        var lane = message.Lane!;
        if (isFifo) Lane.InsertOrdered(lane.Visible, message);
        else if (returned && lane.First is { } first && first.Sequence > message.Sequence) lane.Visible.AddFirst(message.Place);
        else lane.Visible.AddLast(message.Place);
        Settle(lane);
    }

    private void Unshow(Message message)
    {
        message.State = MessageState.None;
        Visible--;
        var lane = message.Lane!;
        lane.Visible.Remove(message.Place);
        if (lane.First is null && lane.Turn.List is not null) _ring.Remove(lane.Turn);
    }

    private void Time(Message message, MessageState state)
    {
        message.State = state;
        if (state == MessageState.Delayed) Delayed++;
        else InFlight++;
        if (state == MessageState.InFlight && isFifo) Lane.InsertOrdered(message.Lane!.Hidden, message);
        _timed.Add(message);
    }

    private void Untime(Message message)
    {
        if (message.State == MessageState.Delayed) Delayed--;
        else InFlight--;
        if (message.State == MessageState.InFlight && isFifo) message.Lane!.Hidden.Remove(message.Place);
        message.State = MessageState.None;
        _timed.Remove(message);
    }

    /// <summary>Puts a lane into the ring or takes it out, by whether it has something to receive.</summary>
    private void Settle(Lane lane)
    {
        if (lane.IsOpen == (lane.Turn.List is not null)) return;
        if (lane.IsOpen) _ring.AddLast(lane.Turn);
        else _ring.Remove(lane.Turn);
    }
}

/// <summary>One receive call's turn on a FIFO queue: the group that it takes from, and the sequence from which that one is locked.</summary>
internal readonly record struct Turn(Lane? Lane, long Limit);
