namespace Sqs.Engine;

/// <summary>
/// Writes down what changes. Every method is called under the engine's lock, in the order of the changes, and must not
/// block; <see cref="CommitAsync"/> ends an operation, and tells when it can be answered.
/// </summary>
internal interface IJournal : IAsyncDisposable
{
    /// <summary>
    /// Ends an operation. Completes when everything written so far survives a crash; fails where it cannot be stored. What is
    /// written without this may wait for the next operation.
    /// </summary>
    Task CommitAsync();

    void QueuePut(SqsQueue queue);

    void QueueDeleted(SqsQueue queue);

    void Purged(SqsQueue queue);

    void Sent(SqsQueue queue, Message message);

    void Received(SqsQueue queue, IReadOnlyList<ReceivedMessage> messages);

    void VisibilityChanged(SqsQueue queue, Message message);

    void Deleted(SqsQueue queue, Message message);

    /// <summary>A message left one queue for another: both in one step.</summary>
    void Moved(SqsQueue from, long oldSequence, SqsQueue to, Message message);

    void MoveTaskPut(MoveTask task);
}

/// <summary>Keeps nothing: the memory mode.</summary>
internal sealed class NoJournal : IJournal
{
    public Task CommitAsync() => Task.CompletedTask;

    public void QueuePut(SqsQueue queue) { }

    public void QueueDeleted(SqsQueue queue) { }

    public void Purged(SqsQueue queue) { }

    public void Sent(SqsQueue queue, Message message) { }

    public void Received(SqsQueue queue, IReadOnlyList<ReceivedMessage> messages) { }

    public void VisibilityChanged(SqsQueue queue, Message message) { }

    public void Deleted(SqsQueue queue, Message message) { }

    public void Moved(SqsQueue from, long oldSequence, SqsQueue to, Message message) { }

    public void MoveTaskPut(MoveTask task) { }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
