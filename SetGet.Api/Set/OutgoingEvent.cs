using System.Diagnostics;

namespace SetGet.Api.Set;

/// <summary>One event on its way to the queue, and the sender who waits for it.</summary>
internal sealed class OutgoingEvent
{
    /// <summary>What a message costs beside its body and the values of its attributes: names and types of the attributes. Bytes.</summary>
    private const int AttributeBytes = 32;

    // The sender's continuation must not run on the batch's thread, nine others wait there.
    private readonly TaskCompletionSource<SendOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OutgoingEvent(string id, string account, string body, int bodyBytes, ActivityContext trace, string? traceParent)
    {
        Id = id;
        Account = account;
        Body = body;
        Bytes = bodyBytes + AttributeBytes + (traceParent?.Length ?? 0);
        Trace = trace;
        TraceParent = traceParent;
    }

    public string Id { get; }

    public string Account { get; }

    public string Body { get; }

    /// <summary>What it counts for in SQS's limit of 1 MiB.</summary>
    public int Bytes { get; }

    public ActivityContext Trace { get; }

    public string? TraceParent { get; }

    public Task<SendOutcome> Outcome => _outcome.Task;

    /// <summary>Whether nobody waits any more: then it need not be sent.</summary>
    public bool IsAbandoned => _outcome.Task.IsCompleted;

    public void Finish(SendOutcome outcome) => _outcome.TrySetResult(outcome);
}

/// <summary>What became of an event that was to be sent.</summary>
internal enum SendOutcome
{
    /// <summary>The queue has it.</summary>
    Sent,

    /// <summary>The queue refused it, and will refuse it again: its text cannot be carried.</summary>
    Refused,

    /// <summary>The queue did not take it, through no fault of the event.</summary>
    Unavailable,
}
