using System.Text.Json.Serialization;
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
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail,
    int ReceiveCount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? AcceptedAt,
    DateTimeOffset DeadAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AccountId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? FlowId,
    string Body)
{
    /// <summary>Reads what the worker, or SQS, left on a message.</summary>
    internal static DeadLetter Of(QueueMessage message)
    {
        var note = DeadLetterNote.Of(message);
        var envelope = EnvelopeGlance.At(message.Body);
        return new DeadLetter(
            message.Id, note.Reason, note.Detail, note.ReceiveCount, envelope.AcceptedAt, note.DeadAt, envelope.AccountId ?? message.GroupId, envelope.FlowId, message.Body);
    }
}

/// <summary>A page of dead letters, oldest first.</summary>
/// <param name="DeadLetters">May be empty.</param>
/// <param name="Next">For <c>?after=</c>; absent on the last page.</param>
public sealed record DeadLetterPage(
    IReadOnlyList<DeadLetter> DeadLetters,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Next);

/// <summary>Which dead letters are wanted; null means any.</summary>
internal sealed record DeadLetterFilter(string? Account, string? Flow, string? Reason)
{
    public bool Matches(DeadLetter letter) =>
        (Account is null || Account == letter.AccountId) && (Flow is null || Flow == letter.FlowId) && (Reason is null || Reason == letter.Reason);
}
