namespace Aws.Sqs.Engine;

/// <summary>
/// The messages of one queue and their states. It knows order, groups and times, and nothing of policies: who may receive
/// what, and what happens to a message that is received too often, is decided by its callers.
/// </summary>
internal sealed class MessageStore
{
    private readonly bool _isFifo;
    private readonly IndexedHeap<Message> _timed = new();
    private readonly Dictionary<string, Lane> _lanes = [];
    private readonly LaneRing _ring = new();
    private readonly Dictionary<long, Message> _bySequence = [];
    private Message? _oldest;
    private Message? _newest;

    public MessageStore(bool isFifo) => _isFifo = isFifo;

    public int Visible { get; private set; }

    public int InFlight { get; private set; }

    public int Delayed { get; private set; }

    public int Count => _bySequence.Count;

    /// <summary>Sum of the bodies, in bytes.</summary>
    public long BodyBytes { get; private set; }

    /// <summary>The message that has been here longest.</summary>
    public Message? Oldest => _oldest;

    /// <summary>When the next delay or visibility timeout ends, or null.</summary>
    public long? NextDueAt => _timed.Peek?.DueAt;

    public Message? Find(long sequence) => _bySequence.GetValueOrDefault(sequence);

    /// <summary>Adds a message: visible, or delayed where its <see cref="Message.DueAt"/> is in the future.</summary>
    public void Add(Message message, long now)
    {
        _bySequence.Add(message.Sequence, message);
        BodyBytes += message.Body.Length;
        message.Older = _newest;
        if (_newest is null) _oldest = message;
        else _newest.Newer = message;
        _newest = message;
        JoinLane(message);
        if (message.DueAt > now) Time(message, MessageState.Delayed);
        else Show(message);
    }

    /// <summary>Makes visible what is due.</summary>
    public void Promote(long now)
    {
        while (_timed.Peek is { } message && message.DueAt <= now)
        {
            Untime(message);
            Show(message);
        }
    }

    /// <summary>
    /// The visible messages whose turn it is come out one by one; each must then be hidden or removed. On a FIFO queue all
    /// of a group come before the next group's, and the group is locked by the first that is hidden.
    /// </summary>
    public Message? Next => _ring.First?.First;

    /// <summary>Hides a visible message until its visibility timeout ends.</summary>
    public void Hide(Message message, long until)
    {
        Unshow(message);
        message.DueAt = until;
        Time(message, MessageState.InFlight);
        if (!_isFifo) Rotate(message.Lane!);
    }

    /// <summary>Ends the turn of the group that messages were just received from: it is locked now.</summary>
    public void Lock(Lane lane)
    {
        if (_isFifo && lane.IsInRing && lane.InFlight > 0) _ring.Remove(lane);
    }

    /// <summary>Changes when a delayed or hidden message becomes visible: at once where that is not in the future.</summary>
    public void Reschedule(Message message, long until, long now)
    {
        var state = message.State;
        Untime(message);
        message.DueAt = until;
        if (until > now) Time(message, state);
        else Show(message);
    }

    public void Remove(Message message)
    {
        if (message.State == MessageState.Visible) Unshow(message);
        else Untime(message);
        var lane = message.Lane!;
        if (--lane.Count == 0) _lanes.Remove(lane.Name);
        else Offer(lane);
        message.Lane = null;
        Unchain(message);
        BodyBytes -= message.Body.Length;
        _bySequence.Remove(message.Sequence);
        if (_bySequence.Capacity > 4096 && _bySequence.Count < _bySequence.Capacity / 4) _bySequence.TrimExcess(_bySequence.Count * 2);
    }

    public IEnumerable<Message> All()
    {
        for (var message = _oldest; message is not null; message = message.Newer) yield return message;
    }

    private void JoinLane(Message message)
    {
        var name = message.GroupId ?? "";
        if (!_lanes.TryGetValue(name, out var lane)) _lanes.Add(name, lane = new Lane(name));
        // One string for all messages of a group.
        if (message.GroupId is not null) message.GroupId = lane.Name;
        lane.Count++;
        message.Lane = lane;
    }

    private void Show(Message message)
    {
        message.State = MessageState.Visible;
        Visible++;
        message.Lane!.Insert(message, ordered: _isFifo);
        Offer(message.Lane);
    }

    private void Unshow(Message message)
    {
        message.State = MessageState.None;
        Visible--;
        var lane = message.Lane!;
        lane.Unlink(message);
        if (lane.First is null && lane.IsInRing) _ring.Remove(lane);
    }

    private void Time(Message message, MessageState state)
    {
        message.State = state;
        if (state == MessageState.Delayed) Delayed++;
        else
        {
            InFlight++;
            message.Lane!.InFlight++;
        }

        _timed.Push(message);
    }

    private void Untime(Message message)
    {
        if (message.State == MessageState.Delayed) Delayed--;
        else
        {
            InFlight--;
            message.Lane!.InFlight--;
        }

        message.State = MessageState.None;
        _timed.Remove(message);
    }

    /// <summary>Puts a lane in the ring if it has something to receive and is not locked.</summary>
    private void Offer(Lane lane)
    {
        if (!lane.IsInRing && lane.First is not null && !(_isFifo && lane.InFlight > 0)) _ring.Append(lane);
    }

    private void Rotate(Lane lane)
    {
        if (!lane.IsInRing || lane.RingNext is null) return;
        _ring.Remove(lane);
        _ring.Append(lane);
    }

    private void Unchain(Message message)
    {
        if (message.Older is null) _oldest = message.Newer;
        else message.Older.Newer = message.Newer;
        if (message.Newer is null) _newest = message.Older;
        else message.Newer.Older = message.Older;
        message.Older = message.Newer = null;
    }
}
