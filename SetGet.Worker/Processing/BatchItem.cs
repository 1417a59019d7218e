using System.Diagnostics;
using SetGet.Core;
using SetGet.Worker.Queue;

namespace SetGet.Worker.Processing;

/// <summary>One message while its batch is in work.</summary>
internal sealed class BatchItem
{
    public BatchItem(QueueMessage message)
    {
        Message = message;
        Envelope = EnvelopeReader.Read(message.Body, out var fault);
        if (fault is not null) Bury(fault.Reason, fault.Detail);
    }

    public QueueMessage Message { get; }

    /// <summary>Null when the message is none.</summary>
    public Envelope? Envelope { get; }

    public MessageResult? Result { get; private set; }

    /// <summary>The span of this event's processing, where it is traced.</summary>
    public Activity? Span { get; set; }

    public ActivityContext TraceContext => Span?.Context ?? default;

    public void Done(string outcome)
    {
        Result = new MessageResult(Message, Disposition.Done);
        Span?.SetTag("setget.outcome", outcome.ToLowerInvariant());
    }

    public void Bury(string reason, string detail)
    {
        Result = new MessageResult(Message, Disposition.DeadLetter, reason, detail);
        Fail(reason, detail);
    }

    public void Retry(string detail)
    {
        Result = new MessageResult(Message, Disposition.Retry, Detail: detail);
        Fail("redis-unavailable", detail);
    }

    private void Fail(string type, string detail) => QueueSpans.Fail(Span, type, detail);
}
