namespace Sqs.Engine;

/// <summary>One long poll: an object in a list and in the engine's timers, no thread and no timer of its own.</summary>
internal sealed class ReceiveWaiter : Timed
{
    private readonly TaskCompletionSource<(List<ReceivedMessage> Messages, Task Durable)> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LinkedListNode<ReceiveWaiter> _node;

    /// <summary>Puts a poll in the queue's line until messages come or its time is over.</summary>
    public ReceiveWaiter(SqsEngine engine, SqsQueue queue, ReceiveRequest request, long dueAt)
    {
        Request = request;
        DueAt = dueAt;
        _node = queue.Waiters.AddLast(this);
        engine.Schedule(this);
        engine.Touch(queue);
    }

    public ReceiveRequest Request { get; }

    /// <summary>The messages, and the moment from which they may be answered.</summary>
    public Task<(List<ReceivedMessage> Messages, Task Durable)> Outcome => _outcome.Task;

    public override void OnDue(SqsEngine engine, long now) => Complete(engine, []);

    /// <summary>Leaves the line. Under the engine's lock; only the first call counts.</summary>
    public void Complete(SqsEngine engine, List<ReceivedMessage> messages)
    {
        if (_node.List is not { } line) return;
        line.Remove(_node);
        engine.Unschedule(this);
        _outcome.SetResult((messages, engine.Durable()));
    }
}
