using SetGet.Core.Events;
using SetGet.Core.Queues;
using SetGet.Worker.Telemetry;

namespace SetGet.Worker.Processing;

/// <summary>Sends what can never succeed to the dead-letter queue.</summary>
internal sealed partial class DeadLetterSender(
    EventQueues queues, WorkerMetrics metrics, WorkerSpans spans, TimeProvider time, ILogger<DeadLetterSender> logger)
{
    private readonly EventQueues _queues = queues;
    private readonly WorkerMetrics _metrics = metrics;
    private readonly WorkerSpans _spans = spans;
    private readonly TimeProvider _time = time;
    private readonly ILogger<DeadLetterSender> _logger = logger;

    /// <summary>
    /// True when the dead-letter queue has it: only then may the message be deleted. A crash in between makes a second dead letter, and loses none.
    /// </summary>
    public async Task<bool> TrySendAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var message = item.Message;
        var note = new DeadLetterNote(item.Reason ?? DeadLetterReasons.InvalidRequest, item.Detail, message.ReceiveCount, _time.GetUtcNow(), message.Id);
        using var span = _spans.SendDeadLetter(item);
        var result = (await _queues.DeadLetters.SendAsync([note.ToMessage(message)], cancellationToken))[0];
        if (result.Outcome == SendOutcome.Sent)
        {
            _metrics.DeadLettered(note.Reason);
            Log.Sent(_logger, message.Id, note.Reason, note.Detail ?? "", message.ReceiveCount);
            return true;
        }

        QueueSpans.Fail(span, result.Code ?? "unknown");
        Log.NotSent(_logger, message.Id, note.Reason, result.Code ?? "", result.Detail ?? "");
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Message {MessageId} went to the dead-letter queue after {ReceiveCount} receives: {Reason}. {Detail}")]
        public static partial void Sent(ILogger logger, string messageId, string reason, string detail, int receiveCount);

        [LoggerMessage(2, LogLevel.Error, "Message {MessageId} ({Reason}) could not be sent to the dead-letter queue; it comes again: {Code} {Fault}")]
        public static partial void NotSent(ILogger logger, string messageId, string reason, string code, string fault);
    }
}
