namespace Sqs.Engine;

/// <summary>A list of messages that hang together by their own links: any of them leaves it without a search.</summary>
internal sealed class MessageList
{
    public Message? First { get; private set; }

    private Message? Last { get; set; }

    public void Prepend(Message message) => InsertAfter(null, message);

    public void Append(Message message) => InsertAfter(Last, message);

    /// <summary>Inserts by sequence, looking from the end, where a message nearly always belongs.</summary>
    public void InsertOrdered(Message message)
    {
        var after = Last;
        while (after is not null && after.Sequence > message.Sequence) after = after.Previous;
        InsertAfter(after, message);
    }

    public void Unlink(Message message)
    {
        if (message.Previous is null) First = message.Next;
        else message.Previous.Next = message.Next;
        if (message.Next is null) Last = message.Previous;
        else message.Next.Previous = message.Previous;
        message.Previous = message.Next = null;
    }

    private void InsertAfter(Message? after, Message message)
    {
        message.Previous = after;
        message.Next = after is null ? First : after.Next;
        if (message.Next is null) Last = message;
        else message.Next.Previous = message;
        if (after is null) First = message;
        else after.Next = message;
    }
}

/// <summary>
/// The messages of one group. On a standard queue lanes take turns, so that a group with many messages does not keep the
/// others waiting (fair queues). On a FIFO queue a lane is in order, and what comes after a message in flight is locked.
/// </summary>
internal sealed class Lane
{
    public Lane(string name) => Name = name;

    public string Name { get; }

    /// <summary>Messages of the group in the queue, whatever their state. An empty lane is dropped.</summary>
    public int Count { get; set; }

    public MessageList Visible { get; } = new();

    /// <summary>Messages in flight, ascending by sequence; kept for FIFO queues only.</summary>
    public MessageList Hidden { get; } = new();

    public bool IsInRing { get; set; }

    public Lane? RingPrevious { get; set; }

    public Lane? RingNext { get; set; }

    /// <summary>Messages from this sequence on wait for one in flight. (As SQS does it: an earlier one that is visible again may be received.)</summary>
    public long LockedFrom => Hidden.First?.Sequence ?? long.MaxValue;

    /// <summary>Whether there is a message that may be received.</summary>
    public bool IsOpen => Visible.First is { } first && first.Sequence < LockedFrom;
}

/// <summary>The lanes that have something to receive, in the order in which their turn comes.</summary>
internal sealed class LaneRing
{
    private Lane? _last;

    public Lane? First { get; private set; }

    public void Append(Lane lane)
    {
        lane.IsInRing = true;
        lane.RingPrevious = _last;
        lane.RingNext = null;
        if (_last is null) First = lane;
        else _last.RingNext = lane;
        _last = lane;
    }

    public void Remove(Lane lane)
    {
        if (lane.RingPrevious is null) First = lane.RingNext;
        else lane.RingPrevious.RingNext = lane.RingNext;
        if (lane.RingNext is null) _last = lane.RingPrevious;
        else lane.RingNext.RingPrevious = lane.RingPrevious;
        lane.RingPrevious = lane.RingNext = null;
        lane.IsInRing = false;
    }
}
