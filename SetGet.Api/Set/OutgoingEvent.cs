using System.Diagnostics;
using SetGet.Core.Events;
using SetGet.Core.Queues;

namespace SetGet.Api.Set;

/// <summary>One event on its way to the queue, and the sender who waits for it.</summary>
internal sealed class OutgoingEvent(EnvelopeHead head, string account, string body, int bodyBytes, ActivityContext trace)
{
    /// <summary>The message attribute that carries the W3C trace context beside the envelope.</summary>
    private const string TraceParent = "traceparent";

    /// <summary>What a message costs beside its body and the values of its attributes: names and types of the attributes. Bytes.</summary>
    private const int AttributeBytes = 32;

    // The sender's continuation must not run on the batch's thread, nine others wait there.
    private readonly TaskCompletionSource<SendOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id { get; } = head.Id;

    public string Account { get; } = account;

    public OutgoingMessage Message { get; } = new OutgoingMessage(body, account, head.Id, head.TraceParent is null ? [] : [new(TraceParent, head.TraceParent)]);

    /// <summary>What it counts for in SQS's limit of 1 MiB.</summary>
    public int Bytes { get; } = bodyBytes + AttributeBytes + (head.TraceParent?.Length ?? 0);

    public ActivityContext Trace { get; } = trace;

    public Task<SendOutcome> Outcome => _outcome.Task;

    /// <summary>Whether nobody waits any more: then it need not be sent.</summary>
    public bool IsAbandoned => _outcome.Task.IsCompleted;

    public void Finish(SendOutcome outcome) => _outcome.TrySetResult(outcome);
}
