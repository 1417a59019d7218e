namespace Sqs.Engine;

/// <summary>Where a move task stands, as SQS names it.</summary>
internal enum MoveTaskStatus : byte
{
    Running,
    Completed,
    Cancelling,
    Cancelled,
    Failed,
}

/// <summary>A message move task: sends the messages of a dead-letter queue back to where they came from, or to one other queue.</summary>
internal sealed class MoveTask
{
    /// <summary>Messages moved in one step of the engine: short enough that nobody waits for it.</summary>
    private const int StepMessages = 100;

    /// <summary>SQS chooses the rate of a task that names none; this one's is bounded by its steps.</summary>
    private const long StepMilliseconds = 10;

    public string Handle { get; set; } = "";
    public string SourceArn { get; set; } = "";

    /// <summary>Null: each message goes back to the queue it came from.</summary>
    public string? DestinationArn { get; set; }

    /// <summary>Messages per second at most; null for no limit.</summary>
    public int? Rate { get; set; }

    public long StartedAt { get; set; }
    public long ToMove { get; set; }

    /// <summary>Messages sent after the start are not the task's.</summary>
    public long LastSequence { get; set; }

    public long Moved { get; set; }
    public MoveTaskStatus Status { get; set; }
    public string? FailureReason { get; set; }
    public bool IsRunning => Status == MoveTaskStatus.Running;

    private ITimer? _timer;

    /// <summary>Moves what there is, step by step.</summary>
    public void Run(SqsEngine engine, long pause = 0)
    {
        Stop();
        _timer = engine.StartTimer(pause, now => Step(engine, now));
    }

    public void Stop() => _timer?.Dispose();

    private void Step(SqsEngine engine, long now)
    {
        if (engine.State.FindByArn(SourceArn) is not { } source)
        {
            End(engine, MoveTaskStatus.Failed, "AWS.SimpleQueueService.NonExistentQueue");
            return;
        }

        source.Expire(now);
        source.Messages.Promote(now);
        for (var i = 0; i < Allowance(now); i++)
        {
            if (NextToMove(source) is not { } message)
            {
                End(engine, MoveTaskStatus.Completed, null);
                return;
            }

            if (engine.State.FindByArn(DestinationArn ?? message.DeadLetterSourceArn ?? "") is not { } destination)
            {
                End(engine, MoveTaskStatus.Failed, DestinationArn is null ? "CouldNotDetermineMessageSource" : "AWS.SimpleQueueService.NonExistentQueue");
                return;
            }

            MoveOne(engine, source, message, destination, now);
        }

        Put(engine);
        Run(engine, Rate is { } rate ? Math.Max(StepMilliseconds, 1000 / rate) : StepMilliseconds);
    }

    public void Put(SqsEngine engine) => engine.Journal?.Append(to => Storage.Records.MoveTask(to, this));

    public void End(SqsEngine engine, MoveTaskStatus status, string? reason)
    {
        Status = status;
        FailureReason = reason;
        Stop();
        Put(engine);
    }

    /// <summary>The oldest visible message that was there when the task started.</summary>
    private Message? NextToMove(SqsQueue source) => source.Messages.All()
        .TakeWhile(message => message.Sequence <= LastSequence).FirstOrDefault(message => message.State == MessageState.Visible);

    private void MoveOne(SqsEngine engine, SqsQueue source, Message message, SqsQueue destination, long now)
    {
        message.DeadLetterSourceArn = null;
        // SQS treats it as a new message, with its whole retention period before it.
        message.Id = MessageId.New();
        message.SentAt = now;
        message.ReceiveCount = 0;
        Redrive.Move(engine, source, message, destination, now);
        Moved++;
    }

    /// <summary>How many messages this step may move without exceeding the rate since the task's start.</summary>
    private long Allowance(long now)
        => Rate is { } rate ? Math.Clamp(((now - StartedAt) * rate / 1000) + 1 - Moved, 0, StepMessages) : StepMessages;
}
