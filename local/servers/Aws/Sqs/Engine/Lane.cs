namespace Aws.Sqs.Engine;

/// <summary>
/// The messages of one group, in order. On a FIFO queue a lane is locked while one of its messages is in flight. On a
/// standard queue lanes take turns, so that a group with many messages does not keep the others waiting (fair queues).
/// </summary>
internal sealed class Lane
{
    public Lane(string name) => Name = name;

    public string Name { get; }

    /// <summary>Messages of the group in the queue, whatever their state. An empty lane is dropped.</summary>
    public int Count { get; set; }

    public int InFlight { get; set; }

    public Message? First { get; private set; }

    private Message? Last { get; set; }

    public bool IsInRing { get; set; }

    public Lane? RingPrevious { get; set; }

    public Lane? RingNext { get; set; }

    /// <summary>Adds a visible message: at the end, or, where order counts, at the place of its sequence.</summary>
    public void Insert(Message message, bool ordered)
    {
        var after = Last;
        while (ordered && after is not null && after.Sequence > message.Sequence) after = after.Previous;
        message.Previous = after;
        message.Next = after is null ? First : after.Next;
        if (message.Next is null) Last = message;
        else message.Next.Previous = message;
        if (after is null) First = message;
        else after.Next = message;
    }

    public void Unlink(Message message)
    {
        if (message.Previous is null) First = message.Next;
        else message.Previous.Next = message.Next;
        if (message.Next is null) Last = message.Previous;
        else message.Next.Previous = message.Previous;
        message.Previous = message.Next = null;
    }
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
