namespace Sqs.Engine;

/// <summary>One queue: its definition, its messages, and who waits for them. Changed under the engine's lock only.</summary>
internal sealed class SqsQueue(int id, SqsAccount account, string name, QueueSettings settings, long createdAt)
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

    public MessageStore Messages { get; } = new(settings.IsFifo);

    /// <summary>The deduplication ids of a FIFO queue.</summary>
    public Recent<SentOnce> Deduplication { get; } = new();

    /// <summary>The receive attempts of a FIFO queue.</summary>
    public Recent<List<ReceivedMessage>> Attempts { get; } = new();

    /// <summary>Long polls, in the order in which they came.</summary>
    public LinkedList<ReceiveWaiter> Waiters { get; } = new();

    /// <summary>Runs out when the next message becomes visible for those who wait.</summary>
    public ITimer? Timer { get; set; }

    public bool IsFifo => Settings.IsFifo;

    /// <summary>Drops the messages whose retention period is over.</summary>
    public void Expire(long now)
    {
        while (Messages.Oldest is { } oldest && IsExpired(oldest, now)) Messages.Remove(oldest);
    }

    public bool IsExpired(Message message, long now) => message.SentAt + (Settings.RetentionSeconds * 1000L) <= now;
}

/// <summary>One long poll: an object in a list, and a timer, no thread.</summary>
internal sealed class ReceiveWaiter
{
    private readonly TaskCompletionSource<(List<ReceivedMessage> Messages, Task Durable)> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqsEngine _engine;
    private readonly LinkedListNode<ReceiveWaiter> _node;
    private readonly ITimer _timer;

    /// <summary>Puts a poll in the queue's line until messages come or its time is over.</summary>
    public ReceiveWaiter(SqsEngine engine, SqsQueue queue, ReceiveRequest request, int seconds)
    {
        _engine = engine;
        Request = request;
        _node = queue.Waiters.AddLast(this);
        _timer = engine.StartTimer(seconds * 1000L, _ => Complete([]));
        engine.Touch(queue);
    }

    public ReceiveRequest Request { get; }

    /// <summary>The messages, and the moment from which they may be answered.</summary>
    public Task<(List<ReceivedMessage> Messages, Task Durable)> Outcome => _outcome.Task;

    /// <summary>Leaves the line. Under the engine's lock; only the first call counts.</summary>
    public void Complete(List<ReceivedMessage> messages)
    {
        if (_node.List is not { } line) return;
        line.Remove(_node);
        _timer.Dispose();
        _outcome.SetResult((messages, _engine.Durable()));
    }
}
