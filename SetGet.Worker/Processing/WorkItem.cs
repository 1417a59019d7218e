using System.Diagnostics;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Queues;

namespace SetGet.Worker.Processing;

/// <summary>What is to happen with a message.</summary>
internal enum Disposition
{
    /// <summary>It is in work.</summary>
    Open,

    /// <summary>All that it asks for is in Redis: delete it.</summary>
    Done,

    /// <summary>It can never succeed.</summary>
    DeadLetter,

    /// <summary>It may succeed later.</summary>
    Retry,
}

/// <summary>One message from when it was received until it is settled: what it is, and what is to happen with it, and why.</summary>
internal sealed class WorkItem
{
    public WorkItem(QueueMessage message)
    {
        Message = message;
        try
        {
            Envelope = EnvelopeReader.Read(message.Body, out var fault);
            if (fault is not null) Bury(fault.Reason, fault.Detail);
        }
        catch (Exception e)
        {
            // The reader throws nothing; should it do so all the same, it is this message's fault and no other's.
            Bury(DeadLetterReasons.NotAnEnvelope, $"The message could not be read: {e.GetType().Name}.");
        }
    }

    public QueueMessage Message { get; }

    /// <summary>Null when the message is none. Once it was checked, as it is to be stored.</summary>
    public Envelope? Envelope { get; set; }

    /// <summary>Whether it came through the gateway without an API key.</summary>
    public bool IsOfStranger
        => (Envelope?.Head.Sender ?? EnvelopeGlance.At(Message.Body).Sender) == ApiKey.UnverifiedId;

    public Disposition Disposition { get; private set; }

    /// <summary>Of a dead letter, and of what was dropped instead; one of <see cref="DeadLetterReasons"/>.</summary>
    public string? Reason { get; private set; }

    /// <summary>A sentence for the operator; never holds data.</summary>
    public string? Detail { get; private set; }

    /// <summary>The span of this event's processing, where it is traced.</summary>
    public Activity? Span { get; set; }

    public void Done(string outcome)
    {
        Disposition = Disposition.Done;
        Span?.SetTag("setget.outcome", outcome.ToLowerInvariant());
    }

    public void Bury(string reason, string detail)
    {
        (Disposition, Reason, Detail) = (Disposition.DeadLetter, reason, detail);
        QueueSpans.Fail(Span, reason, detail);
    }

    /// <summary>It is nobody's: nothing is kept of the message.</summary>
    public void Drop() => Disposition = Disposition.Done;

    public void Retry(string detail)
    {
        (Disposition, Detail) = (Disposition.Retry, detail);
        QueueSpans.Fail(Span, "redis-unavailable", detail);
    }
}
