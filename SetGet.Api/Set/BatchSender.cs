using System.Diagnostics;
using SetGet.Api.Telemetry;
using SetGet.Core.Queues;

namespace SetGet.Api.Set;

/// <summary>Sends one batch to the queue, and tells every event in it what became of it.</summary>
internal sealed partial class BatchSender(EventQueues queues, ApiMetrics metrics, ILogger<BatchSender> logger)
{
    private readonly Queue _queue = queues.Events;
    private readonly ApiMetrics _metrics = metrics;
    private readonly ILogger<BatchSender> _logger = logger;

    /// <summary>Of the events queue.</summary>
    public QueueSpans Spans => _queue.Spans;

    /// <summary>Never throws: every event gets its outcome.</summary>
    public async Task SendAsync(IReadOnlyList<OutgoingEvent> batch, CancellationToken cancellationToken)
    {
        using var activity = Start(batch);
        _metrics.BatchSent(batch.Count);
        var results = await _queue.SendAsync([.. batch.Select(each => each.Message)], cancellationToken);
        for (var i = 0; i < batch.Count; i++)
        {
            if (results[i].Outcome != SendOutcome.Sent) Fail(activity, batch[i], results[i]);
            batch[i].Finish(results[i].Outcome);
        }
    }

    private void Fail(Activity? activity, OutgoingEvent outgoing, SendResult result)
    {
        QueueSpans.Fail(activity, result.Code ?? "unknown", "The queue did not take every event.");
        Log.NotTaken(_logger, outgoing.Id, outgoing.Account, result.Code ?? "", result.Detail ?? "");
    }

    /// <summary>
    /// A lone event's call belongs to its trace; a batch mixes traces, and has one of its own. Both link to the events. No span where no event is
    /// recorded: it would be a trace of nothing.
    /// </summary>
    private Activity? Start(IReadOnlyList<OutgoingEvent> batch)
    {
        var traces = batch.Select(each => each.Trace).Where(trace => trace.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)).ToArray();
        if (traces.Length == 0) return null;
        var links = traces.Select(trace => new ActivityLink(trace));
        return _queue.Spans.Start(ApiActivities.Source, "send", ActivityKind.Client, batch.Count == 1 ? traces[0] : default, links)?
            .SetTag("messaging.batch.message_count", batch.Count);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Event {EventId} of {Account} was not taken by the queue: {Code} {Message}")]
        public static partial void NotTaken(ILogger logger, string eventId, string account, string code, string message);
    }
}
