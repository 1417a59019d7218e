using SetGet.Core.Events;
using SetGet.Core.Queues;
using SetGet.Core.Store;
using SetGet.Worker.Telemetry;

namespace SetGet.Worker.Processing;

/// <summary>
/// Stores a batch of messages and says what is to happen with each: one bad message hurts none of the others. It makes no calls to the
/// queue, and knows not whether the messages were polled or pushed.
/// </summary>
internal sealed class BatchProcessor(EventWriter store, ItemCheck check, Outcomes outcomes, WorkerMetrics metrics, WorkerSpans spans)
{
    private readonly EventWriter _store = store;
    private readonly ItemCheck _check = check;
    private readonly Outcomes _outcomes = outcomes;
    private readonly WorkerMetrics _metrics = metrics;
    private readonly WorkerSpans _spans = spans;

    /// <summary>The messages in their order, each with its disposition.</summary>
    /// <param name="began">When receiving began.</param>
    public async Task<IReadOnlyList<WorkItem>> ProcessAsync(IReadOnlyList<QueueMessage> messages, DateTimeOffset began, CancellationToken cancellationToken)
    {
        _metrics.Received(messages);
        WorkItem[] items = [.. messages.Select(m => new WorkItem(m))];
        using var processing = _spans.Process(items, began);
        await Task.WhenAll(items.Select(i => _check.CheckAsync(i, cancellationToken)));

        var toStore = Array.FindAll(items, i => i.Disposition == Disposition.Open);
        if (toStore.Length > 0)
        {
            var stored = await _store.StoreAsync(Array.ConvertAll(toStore, i => i.Envelope!), cancellationToken);
            for (var i = 0; i < toStore.Length; i++) Decide(toStore[i], stored[i]);
        }

        return items;
    }

    private void Decide(WorkItem item, StoreResult stored)
    {
        switch (stored.Outcome)
        {
            case StoreOutcome.Conflict:
                item.Bury(DeadLetterReasons.IdempotencyConflict, "Its idempotency key was used for another request within 24 hours.");
                break;
            case StoreOutcome.Failed:
                item.Retry(stored.Fault?.Message ?? "");
                break;
            default:
                item.Done(stored.Outcome.ToString());
                break;
        }

        _outcomes.Tell(item, stored);
    }
}
