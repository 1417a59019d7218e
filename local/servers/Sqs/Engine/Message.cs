namespace Sqs.Engine;

/// <summary>Where a message is in its life.</summary>
internal enum MessageState : byte
{
    /// <summary>In no queue.</summary>
    None,

    /// <summary>Sent with a delay that is not over.</summary>
    Delayed,

    /// <summary>May be received.</summary>
    Visible,

    /// <summary>Received, and hidden until <see cref="Message.DueAt"/>.</summary>
    InFlight,
}

/// <summary>
/// One message. What it was sent with never changes; the rest is changed under the engine's lock only.
/// </summary>
internal sealed class Message
{
    public Message() => Place = new LinkedListNode<Message>(this);

    /// <summary>Unique in the engine, ascending in the order of sending; new when the message moves to another queue.</summary>
    public long Sequence { get; set; }

    /// <summary>New when a move task sends the message back; a redrive to the dead-letter queue keeps it.</summary>
    public Guid Id { get; set; }

    /// <summary>UTF-8.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    public UInt128 BodyMd5 { get; set; }
    public string? GroupId { get; set; }

    /// <summary>On a FIFO queue; it changes when the message becomes a dead letter.</summary>
    public string? DeduplicationId { get; set; }

    /// <summary>Ascending by name.</summary>
    public MessageAttribute[] Attributes { get; set; } = [];

    /// <summary>The system attribute <c>AWSTraceHeader</c>.</summary>
    public string? TraceHeader { get; set; }

    /// <summary>The queue that a dead-letter queue has it from.</summary>
    public string? DeadLetterSourceArn { get; set; }

    /// <summary>Epoch milliseconds, like all times here.</summary>
    public long SentAt { get; set; }

    public long FirstReceivedAt { get; set; }
    public long LastReceivedAt { get; set; }

    /// <summary>When a delayed or hidden message becomes visible.</summary>
    public long DueAt { get; set; }

    public int ReceiveCount { get; set; }
    public MessageState State { get; set; }

    /// <summary>The message's group, while it is in a queue.</summary>
    public Lane? Lane { get; set; }

    /// <summary>Its place among the visible or the hidden messages of the lane.</summary>
    public LinkedListNode<Message> Place { get; }
}

/// <summary>A message attribute. <paramref name="Value"/> is UTF-8 unless the type is Binary.</summary>
internal sealed record MessageAttribute(string Name, string DataType, byte[] Value)
{
    public bool IsBinary => DataType.StartsWith("Binary", StringComparison.Ordinal);
}

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
