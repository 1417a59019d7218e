using System.Diagnostics;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Queues;
using SetGet.Core.Store;
using SetGet.Worker.Telemetry;

namespace SetGet.Worker.Processing;

/// <summary>
/// Stores a batch of messages and says what is to happen with each: one bad message hurts none of the others. It makes no calls to the
/// queue, and knows not whether the messages were polled or pushed.
/// </summary>
internal sealed partial class BatchProcessor(
    EventWriter store, ItemCheck check, RecentEvents recent, WorkerMetrics metrics, WorkerSpans spans, ILogger<BatchProcessor> logger)
{
    private readonly EventWriter _store = store;
    private readonly ItemCheck _check = check;
    private readonly RecentEvents _recent = recent;
    private readonly WorkerMetrics _metrics = metrics;
    private readonly WorkerSpans _spans = spans;
    private readonly ILogger<BatchProcessor> _logger = logger;

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

        var envelope = item.Envelope!;
        _metrics.Processed(stored, envelope);
        if (stored.Outcome != StoreOutcome.Failed) Note(envelope, stored.Outcome);
        // The line is of this event's trace.
        Activity.Current = item.Span;
        Log.Processed(_logger, envelope.Id, envelope.Request.AccountId, stored.Outcome);
        Activity.Current = null;
    }

    private void Note(Envelope envelope, StoreOutcome outcome)
    {
        var request = envelope.Request;
        _recent.Note(request.AccountId, new RecentEvent(
            envelope.Id, request.FlowId, request.WebhookKeys[0], request.WebhookKeys.Count,
            DateTimeOffset.FromUnixTimeMilliseconds(envelope.AcceptedAt), outcome.ToString().ToLowerInvariant()));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Event {EventId} of {Account}: {Outcome}")]
        public static partial void Processed(ILogger logger, string eventId, string account, StoreOutcome outcome);
    }
}
