using SetGet.Api.Problems;
using SetGet.Core.Events;
using SetGet.Core.Senders;

namespace SetGet.Api.Set;

/// <summary>What a caller is told whom the flow's door did not let in.</summary>
internal static class DoorProblems
{
    /// <summary>Null for what may come in.</summary>
    public static Problem? Of(Passage passage) => passage.Fault switch
    {
        null => null,
        { Reason: DeadLetterReasons.NoKeyFound } fault => ProblemKinds.NoWebhookKey(fault.Detail),
        { Reason: DeadLetterReasons.TooManyWebhookKeys } fault => ProblemKinds.OverLimit(fault.Detail),
        { Reason: DeadLetterReasons.InvalidRequest } fault => ProblemKinds.Invalid(InputErrors.Body, fault.Detail),
        { } fault => ProblemKinds.BadSignature(fault.Detail),
    };
}
