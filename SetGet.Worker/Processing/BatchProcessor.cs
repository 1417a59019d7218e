using System.Diagnostics;
using SetGet.Core;
using SetGet.Core.Stats;
using SetGet.Worker.Queue;
using SetGet.Worker.Telemetry;

namespace SetGet.Worker.Processing;

/// <summary>
/// Stores a batch of messages and says what is to happen with each: one bad message hurts none of the others. It makes no calls to the
/// queue, and knows not whether the messages were polled or pushed.
/// </summary>
internal sealed partial class BatchProcessor
{
    private readonly EventStore _store;
    private readonly SenderCheck _senders;
    private readonly WorkerMetrics _metrics;
    private readonly FlowStats _stats;
    private readonly AccountIndex _accounts;
    private readonly TimeProvider _time;
    private readonly ILogger<BatchProcessor> _logger;

    public BatchProcessor(
        EventStore store, SenderCheck senders, WorkerMetrics metrics, FlowStats stats, AccountIndex accounts, TimeProvider time, ILogger<BatchProcessor> logger)
    {
        _store = store;
        _senders = senders;
        _metrics = metrics;
        _stats = stats;
        _accounts = accounts;
        _time = time;
        _logger = logger;
    }

    /// <summary>Results are in the order of the messages.</summary>
    /// <param name="began">When receiving began.</param>
    public async Task<IReadOnlyList<MessageResult>> ProcessAsync(IReadOnlyList<QueueMessage> messages, DateTimeOffset began, CancellationToken cancellationToken)
    {
        var items = messages.Select(m => new BatchItem(m)).ToArray();
        NoteReceived(items);
        using var spans = WorkerActivities.Receive(items, began, _time.GetUtcNow());
        await Task.WhenAll(items.Where(i => i.Envelope is not null).Select(i => CheckSenderAsync(i, cancellationToken)));

        var toStore = items.Where(i => i.Result is null).ToArray();
        if (toStore.Length > 0)
        {
            var stored = await _store.StoreAsync(Array.ConvertAll(toStore, i => i.Envelope! with { TraceContext = i.TraceContext }), cancellationToken);
            for (var i = 0; i < toStore.Length; i++) Settle(toStore[i], stored[i]);
        }

        return Array.ConvertAll(items, i => i.Result! with { Trace = i.TraceContext });
    }

    private void NoteReceived(BatchItem[] items)
    {
        _metrics.Received(items.Length);
        _stats.Add(FlowCounter.Received, items.Length);
        foreach (var item in items)
        {
            if (item.Message.SentAt is not { } sentAt) continue;
            var wait = _time.GetUtcNow() - sentAt;
            _stats.Waited(wait);
            _metrics.Waited(wait);
        }
    }

    private async Task CheckSenderAsync(BatchItem item, CancellationToken cancellationToken)
    {
        var envelope = item.Envelope!;
        try
        {
            if (await _senders.IsAllowedAsync(envelope.Head.Sender, envelope.Request.AccountId, cancellationToken)) return;
            item.Bury(DeadLetterReasons.SenderNotAllowed, $"The API key {envelope.Head.Sender} does not belong to the account {envelope.Request.AccountId}.");
        }
        catch (RedisUnavailableException e)
        {
            item.Retry(e.Message);
        }
    }

    private void Settle(BatchItem item, StoreResult stored)
    {
        var envelope = item.Envelope!;
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

        _metrics.Settled(stored, envelope, _time.GetUtcNow());
        if (stored.Outcome == StoreOutcome.Stored)
        {
            _stats.Add(FlowCounter.Stored);
            _accounts.See(envelope.Request.AccountId);
        }

        // The line is of this event's trace.
        Activity.Current = item.Span;
        Log.Settled(_logger, envelope.Id, envelope.Request.AccountId, stored.Outcome);
        Activity.Current = null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Event {EventId} of {Account}: {Outcome}")]
        public static partial void Settled(ILogger logger, string eventId, string account, StoreOutcome outcome);
    }
}
