namespace Sqs.Storage;

/// <summary>
/// The journal on disk. Records are put into a frame by whoever changes something, under the engine's lock and in the order of the
/// changes; one thread writes and syncs what has gathered there, again and again, so that many operations share a sync (group commit).
/// </summary>
internal sealed class Journal : IAsyncDisposable
{
    /// <summary>A batch that has grown beyond this is closed: it is one frame, and frames are read whole.</summary>
    private const int MaximumBatchBytes = 8 * 1024 * 1024;

    private readonly Lock _sync = new();
    private readonly AutoResetEvent _work = new(initialState: false);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LogWriter _log;
    private List<Batch> _gathering = [];
    private List<Batch> _flushing = [];
    private Frame? _spare;
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
        new Thread(Flush) { IsBackground = true, Name = "SQS journal" }.Start();
    }

    /// <summary>Called after each flush with the bytes written since the journal was opened.</summary>
    public Action<long>? Flushed { get; set; }

    /// <summary>Completes when the journal has stopped; fails where writing failed. Nothing is accepted after that.</summary>
    public Task Completion => _stopped.Task;

    /// <summary>
    /// Ends an operation. Completes when everything written so far survives a crash; fails where it cannot be stored. What is
    /// written without this may wait for the next operation.
    /// </summary>
    public Task CommitAsync()
    {
        Task durable;
        lock (_sync)
        {
            if (_gathering.Count == 0) return _lastFlushing;
            durable = _gathering[^1].Durable.Task;
            if (_awaited) return durable;
            _awaited = true;
        }

        _work.Set();
        return durable;
    }

    /// <summary>Adds a record.</summary>
    public void Append(Action<Frame> write)
    {
        lock (_sync)
        {
            if (_gathering.Count == 0 || _gathering[^1].Segment != _segment || _gathering[^1].Records.Length > MaximumBatchBytes)
            {
                _gathering.Add(new Batch(_segment, _spare ?? new Frame()));
                _spare = null;
                if (_fault is not null) _gathering[^1].Fail(_fault);
            }

            write(_gathering[^1].Records);
        }
    }

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
        // Whoever watches Completion has the failure.
        await _stopped.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _log.Dispose();
        _work.Dispose();
    }

    private void Flush()
    {
        try
        {
            while (Gather())
            {
                foreach (var batch in _flushing) _log.Write(batch.Segment, batch.Records.Seal(batch.Segment));
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

    /// <summary>Waits until somebody waits for something that is written; false when the journal stops.</summary>
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
                    _lastFlushing = _flushing[^1].Durable.Task;
                    return true;
                }

                if (_stopping) return false;
            }

            _work.WaitOne();
        }
    }

    private void Release()
    {
        foreach (var batch in _flushing) batch.Durable.TrySetResult();
        // A new one for each sync would be large enough to be the collector's expensive kind.
        var spare = _flushing[0].Records;
        spare.Clear();
        lock (_sync) _spare = spare;
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

    /// <summary>What is written and synced together. On disk it is one frame, which is there whole or not at all.</summary>
    private sealed record Batch(long Segment, Frame Records)
    {
        public TaskCompletionSource Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Fail(Exception fault)
        {
            Durable.TrySetException(fault);
            // It is the journal's one failure; who does not wait for it need not observe it.
            _ = Durable.Task.Exception;
        }
    }
}
