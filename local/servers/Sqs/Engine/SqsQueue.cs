namespace Sqs.Engine;

/// <summary>One queue: its definition, its messages, and who waits for them. Changed under the engine's lock only.</summary>
internal sealed class SqsQueue : ITimed
{
    public SqsQueue(int id, SqsAccount account, string name, QueueSettings settings, long createdAt)
    {
        Id = id;
        Account = account;
        Name = name;
        Arn = account.Arn(name);
        Settings = settings;
        CreatedAt = ModifiedAt = createdAt;
        Messages = new MessageStore(settings.IsFifo);
    }

    /// <summary>Unique, also among queues that had this name before: receipt handles of those are not valid here.</summary>
    public int Id { get; }

    public SqsAccount Account { get; }

    public string Name { get; }

    public string Arn { get; }

    public QueueSettings Settings { get; set; }

    public Dictionary<string, string> Tags { get; } = [];

    public long CreatedAt { get; }

    public long ModifiedAt { get; set; }

    /// <summary>When it was purged last; 0 for never.</summary>
    public long PurgedAt { get; set; }

    public MessageStore Messages { get; }

    public Deduplication Deduplication { get; } = new();

    public ReceiveAttempts Attempts { get; } = new();

    /// <summary>Long polls, in the order in which they came.</summary>
    public LinkedList<ReceiveWaiter> Waiters { get; } = new();

    public bool IsFifo => Settings.IsFifo;

    /// <summary>When something becomes visible for those who wait.</summary>
    public long DueAt { get; set; }

    public int HeapIndex { get; set; } = -1;

    public void OnDue(SqsEngine engine, long now) => engine.Touch(this);

    /// <summary>Drops the messages whose retention period is over.</summary>
    public void Expire(long now)
    {
        while (Messages.Oldest is { } oldest && IsExpired(oldest, now)) Messages.Remove(oldest);
    }

    public bool IsExpired(Message message, long now) => message.SentAt + (Settings.RetentionSeconds * 1000L) <= now;
}
