using SetGet.Core.Queues;

namespace SetGet.Worker.Polling;

/// <summary>
/// Which pollers receive: two always; a full batch says that more messages wait, and wakes one of the others, which sleeps again once it receives fewer.
/// So batches are full under load, and an idle worker has two calls open, however many pollers it has.
/// </summary>
internal sealed class PollerReserve(int pollers) : IDisposable
{
    // Not one: a connection that broke without a word is noticed only when its call is over time.
    private const int AlwaysAwake = 2;

    private readonly SemaphoreSlim _moreWaits = new(0, pollers);

    /// <summary>Whether a poller, counted from 0, is of the reserve.</summary>
    public static bool Has(int poller) => poller >= AlwaysAwake;

    /// <summary>Until a full batch wakes one.</summary>
    public Task SleepAsync(CancellationToken cancellationToken) => _moreWaits.WaitAsync(cancellationToken);

    /// <summary>Notes a batch that was received; answers whether whoever received it is to stay awake.</summary>
    public bool Note(IReadOnlyList<QueueMessage> messages)
    {
        if (messages.Count < Queue.BatchSize) return false;
        // One at a time: who wakes and finds as much wakes the next.
        if (_moreWaits.CurrentCount == 0) _moreWaits.Release();
        return true;
    }

    public void Dispose() => _moreWaits.Dispose();
}
