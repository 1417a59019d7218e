using System.Text;
using System.Text.Json;

namespace Sqs.Engine;

/// <summary>Starts, lists and cancels message move tasks.</summary>
internal static class MoveTasks
{
    private const int MaximumRate = 500;
    private const int MaximumListed = 10;

    /// <exception cref="SqsException">The source is no dead-letter queue, has a task running, or a parameter is out of range.</exception>
    public static MoveTask Start(SqsEngine engine, string sourceArn, string? destinationArn, int? rate, long now)
    {
        var source = Find(engine, sourceArn, "SourceArn");
        if (!engine.State.SourcesOf(source).Any())
            throw SqsError.InvalidParameterValue.With("Source queue must be configured as a Dead Letter Queue.");
        if (destinationArn is { Length: > 0 } arn)
        {
            var destination = Find(engine, arn, "DestinationArn");
            if (destination == source)
                throw SqsError.InvalidParameterValue.With("Source queue arn and destination queue arn cannot be the same.");
            if (destination.IsFifo != source.IsFifo)
                throw SqsError.InvalidParameterValue.With("Source queue and destination queue must be of the same type.");
        }

        if (rate is < 1 or > MaximumRate)
            throw SqsException.Invalid(rate, "MaxNumberOfMessagesPerSecond", $"Must be between 1 and {MaximumRate}, if provided.");
        if (engine.State.MoveTasks.Exists(task => task.IsRunning && task.SourceArn == sourceArn))
            throw SqsError.InvalidParameterValue.With(
                "There is already a task running. Only one active task is allowed for a source queue arn at a given time.");
        source.Expire(now);
        var started = new MoveTask
        {
            Handle = NewHandle(sourceArn),
            SourceArn = sourceArn,
            DestinationArn = string.IsNullOrEmpty(destinationArn) ? null : destinationArn,
            Rate = rate,
            StartedAt = now,
            ToMove = source.Messages.Count,
            LastSequence = engine.State.LastSequence,
        };
        Remember(engine.State, started);
        started.Put(engine);
        started.Run(engine);
        return started;
    }

    /// <summary>The most recent tasks of a source, the newest first; one where the caller does not say how many.</summary>
    public static List<MoveTask> List(SqsEngine engine, string sourceArn, int? maximum)
    {
        Find(engine, sourceArn, "SourceArn");
        if (maximum is < 1 or > MaximumListed)
            throw SqsException.Invalid(maximum, "MaxResults", $"Must be between 1 and {MaximumListed}, if provided.");
        return [.. Enumerable.Reverse(engine.State.MoveTasks).Where(task => task.SourceArn == sourceArn).Take(maximum ?? 1)];
    }

    /// <exception cref="SqsException">There is no such task, or it does not run any more.</exception>
    public static MoveTask Cancel(SqsEngine engine, string handle)
    {
        Find(engine, SourceArnOf(handle), "SourceArn");
        var task = engine.State.MoveTasks.Find(task => task.Handle == handle)
            ?? throw SqsError.ResourceNotFound.With("Task does not exist.");
        if (!task.IsRunning)
            throw SqsError.UnsupportedOperation.With("Only active tasks can be cancelled.");
        task.End(engine, MoveTaskStatus.Cancelled, null);
        return task;
    }

    /// <summary>Adds a task to those that are listed, and forgets the oldest of its source beyond ten. The journal's replay comes this way too.</summary>
    public static void Remember(EngineState state, MoveTask task)
    {
        var known = state.MoveTasks.FindIndex(other => other.Handle == task.Handle);
        if (known >= 0)
        {
            state.MoveTasks[known] = task;
            return;
        }

        state.MoveTasks.Add(task);
        if (state.MoveTasks.Count(other => other.SourceArn == task.SourceArn) > MaximumListed)
            state.MoveTasks.RemoveAt(state.MoveTasks.FindIndex(other => other.SourceArn == task.SourceArn));
    }

    private static SqsQueue Find(SqsEngine engine, string arn, string parameter)
    {
        if (!arn.StartsWith("arn:", StringComparison.Ordinal))
            throw SqsError.InvalidParameterValue.With(
                $"You must use this format to specify the {parameter}: arn:<partition>:<service>:<region>:<account-id>:<resource-id>");
        return engine.State.FindByArn(arn)
            ?? throw SqsError.ResourceNotFound.With($"The resource that you specified for the {parameter} parameter doesn't exist.");
    }

    private static string SourceArnOf(string handle)
    {
        try
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(handle));
            return document.RootElement.GetProperty("sourceArn").GetString() ?? "";
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw SqsError.InvalidParameterValue.With("Value for parameter TaskHandle is invalid.");
        }
    }

    private static string NewHandle(string sourceArn)
        => Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"taskId":"{{Guid.NewGuid()}}","sourceArn":"{{sourceArn}}"}"""));
}
