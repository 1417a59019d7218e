namespace Sqs.Engine;

/// <summary>
/// The messages of one group. On a standard queue lanes take turns, so that a group with many messages does not keep the
/// others waiting (fair queues). On a FIFO queue a lane is in order, and what comes after a message in flight is locked.
/// </summary>
internal sealed class Lane
{
    public Lane(string name)
    {
        Name = name;
        Turn = new LinkedListNode<Lane>(this);
    }

    public string Name { get; }

    /// <summary>Messages of the group in the queue, whatever their state. An empty lane is dropped.</summary>
    public int Count { get; set; }

    public LinkedList<Message> Visible { get; } = new();

    /// <summary>Messages in flight, ascending by sequence; kept for FIFO queues only.</summary>
    public LinkedList<Message> Hidden { get; } = new();

    /// <summary>Its place among the lanes that have something to receive.</summary>
    public LinkedListNode<Lane> Turn { get; }

    public Message? First => Visible.First?.Value;

    /// <summary>Messages from this sequence on wait for one in flight. (As SQS does it: an earlier one that is visible again may be received.)</summary>
    public long LockedFrom => Hidden.First?.Value.Sequence ?? long.MaxValue;

    /// <summary>Whether there is a message that may be received.</summary>
    public bool IsOpen => First is { } first && first.Sequence < LockedFrom;

    /// <summary>Inserts by sequence, looking from the end, where a message nearly always belongs.</summary>
    public static void InsertOrdered(LinkedList<Message> list, Message message)
    {
        var after = list.Last;
        while (after is not null && after.Value.Sequence > message.Sequence) after = after.Previous;
        if (after is null) list.AddFirst(message.Place);
        else list.AddAfter(after, message.Place);
    }
}
