using System.Diagnostics;
using SetGet.Worker.Processing;

namespace SetGet.Worker.Telemetry;

/// <summary>
/// The spans of a batch, by OpenTelemetry's conventions for messaging. Every event's <c>process</c> span continues the trace of its
/// acceptance. The <c>receive</c> span of the batch continues it too where all its messages are of one trace; else it is a trace of its
/// own, with a link to each.
/// </summary>
internal sealed class WorkerActivities : IDisposable
{
    public const string Name = "SetGet.Worker";

    private static readonly ActivitySource Source = new(Name);

    private readonly BatchItem[] _items;

    private WorkerActivities(BatchItem[] items) => _items = items;

    /// <summary>The queue's name in the spans; set once at start.</summary>
    public static string Queue { get; set; } = "events";

    /// <summary>Writes the receive span, which has ended, and begins the process span of each item; disposing ends those.</summary>
    public static WorkerActivities Receive(BatchItem[] items, DateTimeOffset began, DateTimeOffset ended)
    {
        if (Source.HasListeners())
        {
            var parents = Array.ConvertAll(items, Parent);
            var receive = StartReceive(items, parents, Start(items, began, ended));
            receive?.SetEndTime(ended.UtcDateTime);
            for (var i = 0; i < items.Length; i++) items[i].Span = StartProcess(items[i], parents[i], receive?.Context);
            receive?.Dispose();
        }

        return new WorkerActivities(items);
    }

    public void Dispose()
    {
        foreach (var item in _items) item.Span?.Dispose();
    }

    private static ActivityContext Parent(BatchItem item)
        => ActivityContext.TryParse(item.Envelope?.Head.TraceParent, null, isRemote: true, out var context) ? context : default;

    // A long poll begins before there is anything to receive; that wait is no part of the messages' way.
    private static DateTimeOffset Start(BatchItem[] items, DateTimeOffset began, DateTimeOffset ended)
    {
        var firstSent = items.Min(i => i.Message.SentAt ?? began);
        return firstSent <= began ? began : firstSent < ended ? firstSent : ended;
    }

    private static Activity? StartReceive(BatchItem[] items, ActivityContext[] parents, DateTimeOffset began)
    {
        var isOneTrace = parents.All(p => p.TraceId == parents[0].TraceId);
        var links = parents.Where(p => p != default).Select(p => new ActivityLink(p));
        // A trace of its own: not of whatever happens to be current here.
        Activity.Current = null;
        var span = Source.StartActivity($"receive {Queue}", ActivityKind.Client, isOneTrace ? parents[0] : default, Tags("receive", "receive"), links, began);
        span?.SetTag("messaging.batch.message_count", items.Length);
        return span;
    }

    private static Activity? StartProcess(BatchItem item, ActivityContext parent, ActivityContext? receive)
    {
        ActivityLink[] links = receive is { } context ? [new ActivityLink(context)] : [];
        Activity.Current = null;
        var span = Source.StartActivity($"process {Queue}", ActivityKind.Consumer, parent, Tags("process", "process"), links);
        Activity.Current = null;
        span?.SetTag("messaging.message.id", item.Message.Id);
        span?.SetTag("messaging.message.body.size", item.Message.Body.Length);
        span?.SetTag("setget.receive_count", item.Message.ReceiveCount);
        if (item.Result is { } fault)
        {
            span?.SetTag("error.type", fault.Reason);
            span?.SetStatus(ActivityStatusCode.Error, fault.Detail);
        }

        if (item.Envelope is not { } envelope) return span;
        span?.SetTag("setget.event.id", envelope.Id);
        span?.SetTag("setget.account", envelope.Request.AccountId);
        span?.SetTag("setget.flow", envelope.Request.FlowId);
        return span;
    }

    private static KeyValuePair<string, object?>[] Tags(string operation, string type) =>
    [
        new("messaging.system", "aws_sqs"),
        new("messaging.destination.name", Queue),
        new("messaging.operation.name", operation),
        new("messaging.operation.type", type),
    ];
}
