namespace Sqs.Engine;

/// <summary>What a long poll ends with: the messages, and the moment from which they may be answered.</summary>
internal readonly record struct WaitOutcome(List<ReceivedMessage> Messages, Task Durable);

/// <summary>One long poll: an object in a list and in the engine's timers, no thread and no timer of its own.</summary>
internal sealed class ReceiveWaiter : ITimed
{
    private readonly TaskCompletionSource<WaitOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqsQueue _queue;
    private LinkedListNode<ReceiveWaiter>? _node;

    private ReceiveWaiter(SqsQueue queue, ReceiveRequest request, long dueAt)
    {
        _queue = queue;
        Request = request;
        DueAt = dueAt;
    }

    public ReceiveRequest Request { get; }

    public long DueAt { get; }

    public int HeapIndex { get; set; } = -1;

    public Task<WaitOutcome> Outcome => _outcome.Task;

    /// <summary>Puts a poll in the queue's line until messages come or its time is over.</summary>
    public static ReceiveWaiter Enlist(SqsEngine engine, SqsQueue queue, ReceiveRequest request, long dueAt)
    {
        var waiter = new ReceiveWaiter(queue, request, dueAt);
        waiter._node = queue.Waiters.AddLast(waiter);
        engine.Schedule(waiter);
        engine.Touch(queue);
        return waiter;
    }

    public void OnDue(SqsEngine engine, long now) => Complete(engine, []);

    /// <summary>Leaves the line. Under the engine's lock; only the first call counts.</summary>
    public void Complete(SqsEngine engine, List<ReceivedMessage> messages)
    {
        if (_node is null) return;
        _queue.Waiters.Remove(_node);
        _node = null;
        engine.Unschedule(this);
        _outcome.SetResult(new WaitOutcome(messages, engine.Journal.CommitAsync()));
    }
}
