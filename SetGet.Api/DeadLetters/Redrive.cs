using System.Text.Json.Serialization;
using Amazon.SQS.Model;

namespace SetGet.Api.DeadLetters;

/// <summary>How far SQS is with sending dead letters back.</summary>
/// <param name="Status"><c>RUNNING</c>, <c>COMPLETED</c>, <c>CANCELLING</c>, <c>CANCELLED</c> or <c>FAILED</c>.</param>
/// <param name="Moved">Messages that were moved, approximately.</param>
/// <param name="ToMove">Messages that there were to move at the start, where SQS tells.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FailureReason">Why it failed, where it did.</param>
public sealed record RedriveProgress(
    string Status,
    long Moved,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? ToMove,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? StartedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? FailureReason)
{
    internal static RedriveProgress Of(ListMessageMoveTasksResultEntry task) => new(
        task.Status ?? "UNKNOWN",
        task.ApproximateNumberOfMessagesMoved ?? 0,
        task.ApproximateNumberOfMessagesToMove,
        task.StartedTimestamp is { } started ? DateTimeOffset.FromUnixTimeMilliseconds(started) : null,
        task.FailureReason);
}

/// <summary>The redrives that SQS remembers, newest first.</summary>
public sealed record RedriveList(IReadOnlyList<RedriveProgress> Tasks);
