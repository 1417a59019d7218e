using System.Diagnostics;
using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;
using SetGet.Api.Telemetry;
using SetGet.Core;

namespace SetGet.Api.Set;

/// <summary>Sends one batch to SQS, and tells every event in it what became of it.</summary>
internal sealed partial class QueueWriter
{
    /// <summary>The message attribute that carries the W3C trace context beside the envelope.</summary>
    private const string TraceParent = "traceparent";

    private readonly IAmazonSQS _sqs;
    private readonly string _queueUrl;
    private readonly bool _isFifo;
    private readonly QueueSpans _spans;
    private readonly ApiMetrics _metrics;
    private readonly ILogger<QueueWriter> _logger;

    public QueueWriter(IAmazonSQS sqs, IOptions<QueueOptions> queues, QueueSpans spans, ApiMetrics metrics, ILogger<QueueWriter> logger)
    {
        _sqs = sqs;
        _queueUrl = queues.Value.EventsQueueUrl;
        _isFifo = _queueUrl.EndsWith(".fifo", StringComparison.Ordinal);
        _spans = spans;
        _metrics = metrics;
        _logger = logger;
    }

    /// <summary>Never throws: every event gets its outcome.</summary>
    public async Task SendAsync(IReadOnlyList<OutgoingEvent> batch, CancellationToken cancellation)
    {
        using var activity = Start(batch);
        _metrics.BatchSent(batch.Count);
        try
        {
            var response = await _sqs.SendMessageBatchAsync(ToRequest(batch), cancellation);
            foreach (var entry in response.Successful ?? []) batch[IndexOf(entry.Id)].Finish(SendOutcome.Sent);
            foreach (var entry in response.Failed ?? []) Fail(batch[IndexOf(entry.Id)], entry);
        }
        catch (Exception exception)
        {
            QueueSpans.Fail(activity, exception is AmazonServiceException { ErrorCode: { Length: > 0 } code } ? code : exception.GetType().FullName!);
            FailAll(batch, exception);
        }

        // An answer that forgets an entry is no promise: the sender is told to send again.
        foreach (var outgoing in batch) outgoing.Finish(SendOutcome.Unavailable);
    }

    private SendMessageBatchRequest ToRequest(IReadOnlyList<OutgoingEvent> batch)
    {
        var entries = new List<SendMessageBatchRequestEntry>(batch.Count);
        for (var i = 0; i < batch.Count; i++) entries.Add(ToEntry(batch[i], i));
        return new SendMessageBatchRequest { QueueUrl = _queueUrl, Entries = entries };
    }

    private SendMessageBatchRequestEntry ToEntry(OutgoingEvent outgoing, int index) => new()
    {
        Id = index.ToString(CultureInfo.InvariantCulture),
        MessageBody = outgoing.Body,
        MessageGroupId = outgoing.Account,
        MessageDeduplicationId = _isFifo ? outgoing.Id : null,
        MessageAttributes = outgoing.TraceParent is not { } trace ? null : new Dictionary<string, MessageAttributeValue>
        {
            [TraceParent] = new() { DataType = "String", StringValue = trace },
        },
    };

    private void Fail(OutgoingEvent outgoing, BatchResultErrorEntry entry)
    {
        QueueSpans.Fail(Activity.Current, entry.Code ?? "unknown", "The queue did not take every event.");
        Log.Refused(_logger, outgoing.Id, outgoing.Account, entry.Code ?? "", entry.Message ?? "");
        outgoing.Finish(entry.Code == "InvalidMessageContents" ? SendOutcome.Refused : SendOutcome.Unavailable);
    }

    /// <summary>SQS refuses a whole call for the text of one event where that is the only one; else all may be sent again.</summary>
    private void FailAll(IReadOnlyList<OutgoingEvent> batch, Exception exception)
    {
        var isText = batch.Count == 1 && exception is AmazonServiceException { ErrorCode: "InvalidMessageContents", StatusCode: HttpStatusCode.BadRequest };
        if (exception is not OperationCanceledException) Log.NotSent(_logger, exception, batch.Count);
        foreach (var outgoing in batch) outgoing.Finish(isText ? SendOutcome.Refused : SendOutcome.Unavailable);
    }

    /// <summary>
    /// A lone event's call belongs to its trace; a batch mixes traces, and has one of its own. Both link to the events. No span where no event is recorded: it
    /// would be a trace of nothing.
    /// </summary>
    private Activity? Start(IReadOnlyList<OutgoingEvent> batch)
    {
        var traces = batch.Select(each => each.Trace).Where(trace => trace.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)).ToArray();
        if (traces.Length == 0) return null;
        var links = traces.Select(trace => new ActivityLink(trace));
        return _spans.Start(ApiActivities.Source, "send", ActivityKind.Client, batch.Count == 1 ? traces[0] : default, links)?
            .SetTag("messaging.batch.message_count", batch.Count);
    }

    private static int IndexOf(string id) => int.Parse(id, CultureInfo.InvariantCulture);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A batch of {Count} events was not sent; their senders get 503")]
        public static partial void NotSent(ILogger logger, Exception exception, int count);

        [LoggerMessage(2, LogLevel.Error, "Event {EventId} of {Account} was not taken by the queue: {Code} {Message}")]
        public static partial void Refused(ILogger logger, string eventId, string account, string code, string message);
    }
}
