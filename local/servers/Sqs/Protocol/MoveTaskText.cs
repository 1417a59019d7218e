using Sqs.Engine;

namespace Sqs.Protocol;

/// <summary>The names of a move task's states.</summary>
internal static class MoveTaskText
{
    public static string Status(MoveTask task) => task.Status switch
    {
        MoveTaskStatus.Running => "RUNNING",
        MoveTaskStatus.Completed => "COMPLETED",
        MoveTaskStatus.Cancelling => "CANCELLING",
        MoveTaskStatus.Cancelled => "CANCELLED",
        _ => "FAILED",
    };
}
