namespace Sqs.Storage;

/// <summary>
/// What is written and synced together: the records of all operations that came while the one before was on its way to the
/// disk (group commit). On disk it is one frame, which is there whole or not at all.
/// </summary>
internal sealed class JournalBatch
{
    private readonly TaskCompletionSource _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="segment">The number of the log that it belongs to.</param>
    /// <param name="records">An empty buffer.</param>
    public JournalBatch(long segment, RecordWriter records)
    {
        Segment = segment;
        Records = records;
    }

    public long Segment { get; }

    public RecordWriter Records { get; }

    public Task Durable => _durable.Task;

    /// <summary>The whole frame.</summary>
    public ReadOnlyMemory<byte> Seal()
    {
        Frame.Seal(Records.Written.Span, Segment);
        return Records.Written;
    }

    public void Complete() => _durable.TrySetResult();

    public void Fail(Exception exception)
    {
        _durable.TrySetException(exception);
        // It is the journal's one failure; who does not wait for it need not observe it.
        _ = _durable.Task.Exception;
    }
}
