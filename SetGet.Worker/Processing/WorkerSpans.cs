using System.Diagnostics;
using System.Text;
using SetGet.Core.Queues;
using SetGet.Worker.Telemetry;

namespace SetGet.Worker.Processing;

/// <summary>
/// The spans of a batch, by OpenTelemetry's conventions for messaging. Every event's <c>process</c> span continues the trace of its
/// acceptance. The <c>receive</c> span of the batch continues it too where all its messages are of one trace; else it is a trace of its
/// own, with a link to each.
/// </summary>
internal sealed class WorkerSpans(EventQueues queues, TimeProvider time)
{
    private static readonly ActivitySource Source = new(WorkerMetrics.Name);

    private readonly QueueSpans _events = queues.Events.Spans;
    private readonly QueueSpans _deadLetters = queues.DeadLetters.Spans;
    private readonly TimeProvider _time = time;

    /// <summary>Writes the receive span, which has ended, and begins the process span of each item; disposing ends those.</summary>
    public IDisposable Process(WorkItem[] items, DateTimeOffset began)
    {
        if (Source.HasListeners())
        {
            var ended = _time.GetUtcNow();
            var parents = Array.ConvertAll(items, Parent);
            var receive = StartReceive(items, parents, Start(items, began, ended));
            receive?.SetEndTime(ended.UtcDateTime);
            for (var i = 0; i < items.Length; i++) items[i].Span = StartProcess(items[i], parents[i], receive?.Context);
            receive?.Dispose();
        }

        return new Ending(items);
    }

    /// <summary>Begins the span of sending a dead letter, below the processing of the message.</summary>
    public Activity? SendDeadLetter(WorkItem item) => _deadLetters.Start(Source, "send", ActivityKind.Producer, item.Span?.Context ?? default);

    private static ActivityContext Parent(WorkItem item)
        => ActivityContext.TryParse(item.Envelope?.Head.TraceParent, null, isRemote: true, out var context) ? context : default;

    // A long poll begins before there is anything to receive; that wait is no part of the messages' way.
    private static DateTimeOffset Start(WorkItem[] items, DateTimeOffset began, DateTimeOffset ended)
    {
        var firstSent = items.Min(i => i.Message.SentAt ?? began);
        return firstSent <= began ? began : firstSent < ended ? firstSent : ended;
    }

    private Activity? StartReceive(WorkItem[] items, ActivityContext[] parents, DateTimeOffset began)
    {
        // A batch of events that were not recorded is a trace of nothing.
        if (parents.All(p => p != default && !p.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))) return null;
        var isOneTrace = parents.All(p => p.TraceId == parents[0].TraceId);
        var links = parents.Where(p => p.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)).Select(p => new ActivityLink(p));
        // A trace of its own: not of whatever happens to be current here.
        Activity.Current = null;
        var span = _events.Start(Source, "receive", ActivityKind.Client, isOneTrace ? parents[0] : default, links, began);
        span?.SetTag("messaging.batch.message_count", items.Length);
        return span;
    }

    private Activity? StartProcess(WorkItem item, ActivityContext parent, ActivityContext? receive)
    {
        ActivityLink[] links = receive is { } context ? [new ActivityLink(context)] : [];
        Activity.Current = null;
        var span = _events.Start(Source, "process", ActivityKind.Consumer, parent, links);
        Activity.Current = null;
        if (span is null) return null;
        span.SetTag("messaging.message.id", item.Message.Id);
        span.SetTag("messaging.message.body.size", Encoding.UTF8.GetByteCount(item.Message.Body));
        span.SetTag("setget.receive_count", item.Message.ReceiveCount);
        if (item.Reason is { } reason) QueueSpans.Fail(span, reason, item.Detail);
        if (item.Envelope is not { } envelope) return span;
        envelope.TraceContext = span.Context;
        span.SetTag("setget.event.id", envelope.Id);
        span.SetTag("setget.account", envelope.Request.AccountId);
        span.SetTag("setget.flow", envelope.Request.FlowId);
        return span;
    }

    private sealed class Ending(WorkItem[] items) : IDisposable
    {
        public void Dispose()
        {
            foreach (var item in items) item.Span?.Dispose();
        }
    }
}
