using SetGet.Core.Events;
using SetGet.Core.Queues;

namespace SetGet.Api.DeadLetters;

/// <summary>A message that could not be processed.</summary>
/// <param name="Id">The SQS message id.</param>
/// <param name="Reason">Short and stable; <c>max-receive-count</c> where SQS itself gave up.</param>
/// <param name="Detail">A sentence for the operator.</param>
/// <param name="ReceiveCount">How often a worker had received it.</param>
/// <param name="AcceptedAt">When it was accepted, where the envelope tells.</param>
/// <param name="DeadAt">When it was given up.</param>
/// <param name="AccountId">Where the envelope, or the message group, tells.</param>
/// <param name="FlowId">Where the envelope tells.</param>
/// <param name="Body">The message's text, unchanged.</param>
public sealed record DeadLetter(
    string Id,
    string Reason,
    string? Detail,
    int ReceiveCount,
    DateTimeOffset? AcceptedAt,
    DateTimeOffset DeadAt,
    string? AccountId,
    string? FlowId,
    string Body)
{
    /// <summary>Reads what the worker, or SQS, left on a message.</summary>
    internal static DeadLetter Of(QueueMessage message)
    {
        var note = DeadLetterNote.Of(message);
        var envelope = EnvelopeGlance.At(message.Body);
        return new DeadLetter(
            message.Id, note.Reason, note.Detail, note.ReceiveCount, envelope.AcceptedAt, note.DeadAt, envelope.AccountId
                ?? message.GroupId, envelope.FlowId, message.Body);
    }
}

/// <summary>A page of dead letters, oldest first.</summary>
/// <param name="DeadLetters">May be empty.</param>
/// <param name="Next">For <c>?after=</c>; absent on the last page.</param>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetter> DeadLetters, string? Next)
{
    internal const string Example = """{"deadLetters":[{"id":"5d3c1b2a-0f9e-4d8c-b7a6-958473625140","reason":"not-json","detail":"The message is not JSON: line 1, byte 1.","receiveCount":1,"deadAt":"2026-01-31T12:00:00.123Z","accountId":"acme","body":"oops"}],"next":"1769860800123.5d3c1b2a-0f9e-4d8c-b7a6-958473625140"}""";
}

/// <summary>The redrives that SQS remembers, newest first.</summary>
public sealed record RedriveList(IReadOnlyList<RedriveProgress> Tasks);

/// <summary>Which dead letters are wanted; null means any.</summary>
internal sealed record DeadLetterFilter(string? Account, string? Flow, string? Reason)
{
    public bool Matches(DeadLetter letter)
        => (Account is null || Account == letter.AccountId) && (Flow is null || Flow == letter.FlowId) && (Reason is null || Reason == letter.Reason);
}
