using System.Diagnostics;
using SetGet.Core.Accounts;
using SetGet.Core.Store;
using SetGet.Worker.Telemetry;

namespace SetGet.Worker.Processing;

/// <summary>Tells what became of an event that went to the store: in the metrics, on the operators' page, and in the log.</summary>
internal sealed partial class Outcomes(WorkerMetrics metrics, RecentEvents recent, ILogger<Outcomes> logger)
{
    private readonly WorkerMetrics _metrics = metrics;
    private readonly RecentEvents _recent = recent;
    private readonly ILogger<Outcomes> _logger = logger;

    /// <summary>Tells it once, after it was decided what is to happen with the message.</summary>
    public void Tell(WorkItem item, StoreResult stored)
    {
        var envelope = item.Envelope!;
        var request = envelope.Request;
        _metrics.Processed(stored, envelope);
        // What failed comes again.
        if (stored.Outcome != StoreOutcome.Failed)
        {
            _recent.Note(request.AccountId, new RecentEvent(
                envelope.Id, request.FlowId, request.WebhookKeys[0], request.WebhookKeys.Count,
                DateTimeOffset.FromUnixTimeMilliseconds(envelope.AcceptedAt), stored.Outcome.ToString().ToLowerInvariant()));
        }

        // The line is of this event's trace.
        Activity.Current = item.Span;
        Log.Processed(_logger, envelope.Id, request.AccountId, stored.Outcome);
        Activity.Current = null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Event {EventId} of {Account}: {Outcome}")]
        public static partial void Processed(ILogger logger, string eventId, string account, StoreOutcome outcome);
    }
}
