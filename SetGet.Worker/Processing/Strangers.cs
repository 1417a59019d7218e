using SetGet.Core.Events;
using SetGet.Core.Senders;
using SetGet.Worker.Telemetry;

namespace SetGet.Worker.Processing;

/// <summary>
/// What becomes of a webhook that came through the gateway without an API key, and proved nothing. A wrong signature for a flow that has secrets may be an honest
/// sender's mistake, and is a dead letter; but only so many in an hour, because anybody can make them. All else is dropped. Whatever is dropped is counted.
/// </summary>
internal sealed partial class Strangers(StrangerBudget budget, WorkerMetrics metrics, ILogger<Strangers> logger)
{
    private readonly StrangerBudget _budget = budget;
    private readonly WorkerMetrics _metrics = metrics;
    private readonly ILogger<Strangers> _logger = logger;

    /// <summary>Lets the item be a dead letter, or drops it. Throws <see cref="SetGet.Core.Redis.RedisUnavailableException"/>.</summary>
    public async Task DecideAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var (account, flow) = (item.Envelope?.Request.AccountId ?? "", item.Envelope?.Request.FlowId ?? "");
        var mayBeHonest = item.Reason != DeadLetterReasons.SignatureMissing;
        if (mayBeHonest && await _budget.TryTakeAsync(account, flow, cancellationToken)) return;
        var reason = item.Reason ?? DeadLetterReasons.InvalidRequest;
        _metrics.StrangerDropped(reason);
        Log.Dropped(_logger, item.Message.Id, reason, account, flow);
        item.Drop();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Message {MessageId} came without an API key, and was dropped: {Reason} ({Account}, flow {Flow})")]
        public static partial void Dropped(ILogger logger, string messageId, string reason, string account, string flow);
    }
}
