using SetGet.Core;
using SetGet.Worker.Telemetry;

namespace SetGet.Worker.Queue;

/// <summary>Sends what can never succeed to the dead-letter queue.</summary>
internal sealed partial class DeadLetterSender
{
    private readonly EventQueue _queue;
    private readonly WorkerMetrics _metrics;
    private readonly ILogger<DeadLetterSender> _logger;

    public DeadLetterSender(EventQueue queue, WorkerMetrics metrics, ILogger<DeadLetterSender> logger)
    {
        _queue = queue;
        _metrics = metrics;
        _logger = logger;
    }

    /// <summary>True when the dead-letter queue has it: only then may the message be deleted.</summary>
    public async Task<bool> TrySendAsync(MessageResult result, CancellationToken cancellationToken)
    {
        var reason = result.Reason ?? DeadLetterReasons.InvalidRequest;
        using var span = WorkerActivities.SendDeadLetter(result);
        try
        {
            await _queue.SendDeadLetterAsync(result, cancellationToken);
            _metrics.DeadLettered(reason);
            Log.Sent(_logger, result.Message.Id, reason, result.Detail ?? "", result.Message.ReceiveCount);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            QueueSpans.Fail(span, e.GetType().FullName!);
            Log.NotSent(_logger, result.Message.Id, reason, e);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Message {MessageId} went to the dead-letter queue after {ReceiveCount} receives: {Reason}. {Detail}")]
        public static partial void Sent(ILogger logger, string messageId, string reason, string detail, int receiveCount);

        [LoggerMessage(2, LogLevel.Error, "Message {MessageId} ({Reason}) could not be sent to the dead-letter queue; it comes again")]
        public static partial void NotSent(ILogger logger, string messageId, string reason, Exception exception);
    }
}
