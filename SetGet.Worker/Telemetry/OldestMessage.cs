using SetGet.Core.Queues;

namespace SetGet.Worker.Telemetry;

/// <summary>
/// The oldest message that this worker knows of. SQS tells a message's age only to whom it gives the message, so that this is what a worker can say
/// for sure: of those received since it was last asked, those in hand, and those given back while Redis is away, when nothing is received.
/// </summary>
internal sealed class OldestMessage(TimeProvider time)
{
    private readonly TimeProvider _time = time;
    private readonly Lock _lock = new();
    private readonly HashSet<Batch> _inHand = [];
    private TimeSpan? _longestWait;
    private DateTimeOffset? _givenBack;
    private Func<bool> _isRedisAway = static () => false;

    /// <summary>Notes a batch that was received; it is in hand until the result is disposed.</summary>
    public Batch Hold(IReadOnlyList<QueueMessage> messages)
    {
        var batch = new Batch(this, messages.Min(m => m.SentAt));
        lock (_lock)
        {
            if (AgeOf(batch.FirstSent) is not { } wait) return batch;
            if (_longestWait is null || wait > _longestWait) _longestWait = wait;
            _inHand.Add(batch);
        }

        return batch;
    }

    /// <summary>The age of the oldest; null where this worker knows of none. What was received and is done is told once.</summary>
    public TimeSpan? Age()
    {
        lock (_lock)
        {
            if (!_isRedisAway()) _givenBack = null;
            var waiting = _inHand.Select(b => b.FirstSent).Append(_givenBack).Min();
            var age = AgeOf(waiting) is { } known && (_longestWait is null || known > _longestWait) ? known : _longestWait;
            _longestWait = null;
            return age;
        }
    }

    // The queue's clock may be a little ahead.
    private TimeSpan? AgeOf(DateTimeOffset? sentAt)
        => sentAt is not { } at ? null : _time.GetUtcNow() is var now && now > at ? now - at : TimeSpan.Zero;

    private void GiveBack(IEnumerable<QueueMessage> messages, Func<bool> isRedisAway)
    {
        lock (_lock)
        {
            _isRedisAway = isRedisAway;
            _givenBack = messages.Select(m => m.SentAt).Append(_givenBack).Min();
        }
    }

    private void Release(Batch batch)
    {
        lock (_lock) _inHand.Remove(batch);
    }

    /// <summary>Messages that a worker has in hand.</summary>
    /// <param name="firstSent">When the oldest of them was sent; null where the queue did not say.</param>
    internal sealed class Batch(OldestMessage owner, DateTimeOffset? firstSent) : IDisposable
    {
        public DateTimeOffset? FirstSent { get; } = firstSent;

        /// <summary>Some of them were not stored, and come again.</summary>
        /// <param name="isRedisAway">Asked later: for as long as nothing is received, they are known to wait.</param>
        public void GiveBack(IEnumerable<QueueMessage> messages, Func<bool> isRedisAway) => owner.GiveBack(messages, isRedisAway);

        public void Dispose() => owner.Release(this);
    }
}
