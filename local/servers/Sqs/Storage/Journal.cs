using Sqs.Engine;

namespace Sqs.Storage;

/// <summary>
/// The journal on disk. Records are put into a buffer by whoever changes something, in the order of the changes; one thread
/// writes and syncs what has gathered there, again and again, so that many operations share a sync.
/// </summary>
internal sealed class Journal : IJournal
{
    /// <summary>A batch that has grown beyond this is closed: it is one frame, and frames are read whole.</summary>
    private const int MaximumBatchBytes = 8 * 1024 * 1024;
    private const int MaximumSpares = 4;

    private readonly Lock _sync = new();
    private readonly AutoResetEvent _work = new(initialState: false);
    private readonly Stack<RecordWriter> _spares = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LogWriter _log;
    private readonly Thread _flusher;
    private List<JournalBatch> _gathering = [];
    private List<JournalBatch> _flushing = [];
    private bool _awaited;
    private long _segment;
    private Task _lastFlushing = Task.CompletedTask;
    private bool _stopping;
    private Exception? _fault;

    /// <param name="folder">The data folder.</param>
    /// <param name="segment">The number of the first log to write.</param>
    public Journal(string folder, long segment)
    {
        _segment = segment;
        _log = new LogWriter(folder);
        _flusher = new Thread(Flush) { IsBackground = true, Name = "SQS journal" };
        _flusher.Start();
    }

    /// <summary>Called after each flush with the bytes written since the journal was opened.</summary>
    public Action<long>? Flushed { get; set; }

    /// <summary>Completes when the journal has stopped; fails where writing failed. Nothing is accepted after that.</summary>
    public Task Completion => _stopped.Task;

    public Task CommitAsync()
    {
        Task durable;
        lock (_sync)
        {
            if (_gathering.Count == 0) return _lastFlushing;
            durable = _gathering[^1].Durable;
            if (_awaited) return durable;
            _awaited = true;
        }

        _work.Set();
        return durable;
    }

    public void QueuePut(SqsQueue queue) => Append(queue, static (writer, queue) => Records.QueuePut(writer, queue));

    public void QueueDeleted(SqsQueue queue) => Append(queue, static (writer, queue) => Records.OfQueue(writer, RecordKind.QueueDeleted, queue));

    public void Purged(SqsQueue queue) => Append(queue, static (writer, queue) => Records.OfQueue(writer, RecordKind.Purged, queue));

    public void Sent(SqsQueue queue, Message message) =>
        Append((queue, message), static (writer, change) => Records.Sent(writer, change.queue, change.message));

    public void Received(SqsQueue queue, IReadOnlyList<ReceivedMessage> messages) =>
        Append((queue, messages), static (writer, change) => Records.Received(writer, change.queue, change.messages));

    public void VisibilityChanged(SqsQueue queue, Message message) =>
        Append((queue, message), static (writer, change) => Records.VisibilityChanged(writer, change.queue, change.message));

    public void Deleted(SqsQueue queue, Message message) =>
        Append((queue, message), static (writer, change) => Records.Deleted(writer, change.queue, change.message));

    public void Moved(SqsQueue from, long oldSequence, SqsQueue to, Message message) =>
        Append((from, oldSequence, to, message), static (writer, change) =>
            Records.Moved(writer, change.from, change.oldSequence, change.to, change.message));

    public void MoveTaskPut(MoveTask task) => Append(task, static (writer, task) => Records.MoveTask(writer, task));

    /// <summary>From here on records go into a new log. Under the engine's lock, together with the capture that replaces the logs before.</summary>
    /// <returns>The number of the last log before it.</returns>
    public long StartSegment()
    {
        lock (_sync) return _segment++;
    }

    /// <summary>Writes what has gathered and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_sync) _stopping = true;
        _work.Set();
        try
        {
            await _stopped.Task;
        }
        catch (IOException)
        {
            // Whoever watches Completion has it.
        }

        _log.Dispose();
        _work.Dispose();
    }

    private void Append<T>(T change, Action<RecordWriter, T> write)
    {
        lock (_sync)
        {
            if (_gathering.Count == 0 || _gathering[^1].Segment != _segment || _gathering[^1].Records.Length > MaximumBatchBytes)
            {
                var records = _spares.TryPop(out var spare) ? spare : new RecordWriter(Frame.HeadBytes);
                _gathering.Add(new JournalBatch(_segment, records));
                if (_fault is not null) _gathering[^1].Fail(_fault);
            }

            write(_gathering[^1].Records, change);
        }
    }

    private void Flush()
    {
        try
        {
            while (Gather())
            {
                foreach (var batch in _flushing) _log.Write(batch.Segment, batch.Seal());
                _log.Sync();
                Release();
            }

            _log.End();
            _stopped.TrySetResult();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail(new IOException($"The journal cannot be written: {exception.Message}", exception));
        }
    }

    /// <summary>
    /// Waits until somebody waits for something that is written; false when the journal stops. What comes while the disk writes shares the next sync.
    /// </summary>
    private bool Gather()
    {
        while (true)
        {
            lock (_sync)
            {
                if (_gathering.Count > 0 && (_awaited || _stopping))
                {
                    (_flushing, _gathering) = (_gathering, _flushing);
                    _awaited = false;
                    _lastFlushing = _flushing[^1].Durable;
                    return true;
                }

                if (_stopping) return false;
            }

            _work.WaitOne();
        }
    }

    private void Release()
    {
        foreach (var batch in _flushing) batch.Complete();
        lock (_sync)
        {
            foreach (var batch in _flushing)
            {
                batch.Records.Reset(MaximumBatchBytes / 8);
                if (_spares.Count < MaximumSpares) _spares.Push(batch.Records);
            }
        }

        _flushing.Clear();
        Flushed?.Invoke(_log.BytesWritten);
    }

    private void Fail(IOException fault)
    {
        lock (_sync)
        {
            _fault = fault;
            foreach (var batch in _flushing.Concat(_gathering)) batch.Fail(fault);
        }

        _stopped.TrySetException(fault);
    }
}
