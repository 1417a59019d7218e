namespace Sqs.Engine;

/// <summary>One queue: its definition, its messages, and who waits for them. Changed under the engine's lock only.</summary>
internal sealed class SqsQueue(int id, SqsAccount account, string name, QueueSettings settings, long createdAt) : Timed
{
    /// <summary>Unique, also among queues that had this name before: receipt handles of those are not valid here.</summary>
    public int Id { get; } = id;

    public SqsAccount Account { get; } = account;
    public string Name { get; } = name;
    public string Arn { get; } = account.Arn(name);
    public QueueSettings Settings { get; set; } = settings;
    public Dictionary<string, string> Tags { get; } = [];
    public long CreatedAt { get; } = createdAt;
    public long ModifiedAt { get; set; } = createdAt;

    /// <summary>When it was purged last; 0 for never.</summary>
    public long PurgedAt { get; set; }

    public MessageStore Messages { get; } = new(settings.IsFifo);

    /// <summary>The deduplication ids of a FIFO queue.</summary>
    public Recent<SentOnce> Deduplication { get; } = new(Recent<SentOnce>.FiveMinutes);

    /// <summary>The receive attempts of a FIFO queue.</summary>
    public Recent<List<ReceivedMessage>> Attempts { get; } = new(Recent<SentOnce>.FiveMinutes);

    /// <summary>Long polls, in the order in which they came.</summary>
    public LinkedList<ReceiveWaiter> Waiters { get; } = new();

    public bool IsFifo => Settings.IsFifo;

    /// <summary>Something becomes visible for those who wait.</summary>
    public override void OnDue(SqsEngine engine, long now) => engine.Touch(this);

    /// <summary>Drops the messages whose retention period is over.</summary>
    public void Expire(long now)
    {
        while (Messages.Oldest is { } oldest && IsExpired(oldest, now)) Messages.Remove(oldest);
    }

    public bool IsExpired(Message message, long now) => message.SentAt + (Settings.RetentionSeconds * 1000L) <= now;
}
