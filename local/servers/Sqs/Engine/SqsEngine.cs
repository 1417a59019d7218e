namespace Sqs.Engine;

/// <summary>Something that the engine's clock calls when it is due.</summary>
internal interface ITimed : IDue
{
    /// <summary>Called under the engine's lock, once, after it has left the timers.</summary>
    void OnDue(SqsEngine engine, long now);
}

/// <summary>
/// All queues, their one lock, their one timer and their journal. One lock for all, because a redrive and a message move
/// touch two queues and are one step, and because the journal, which everything ends in, has one end anyway; it is held
/// for microseconds, never across I/O.
/// </summary>
internal sealed class SqsEngine : IAsyncDisposable
{
    private readonly Lock _sync = new();
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly IndexedHeap<ITimed> _timers = new();
    private readonly List<SqsQueue> _touched = [];
    private long _armedFor = long.MaxValue;
    private bool _stopped;

    public SqsEngine(TimeProvider clock, SqsAccount account, EngineState? state = null, IJournal? journal = null)
    {
        _clock = clock;
        Account = account;
        State = state ?? new EngineState();
        Journal = journal ?? new NoJournal();
        _timer = clock.CreateTimer(static engine => ((SqsEngine)engine!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var task in State.MoveTasks.Where(task => task.IsRunning)) Schedule(task);
    }

    public SqsAccount Account { get; }

    public IJournal Journal { get; }

    /// <summary>Null: nothing is refused for a minute.</summary>
    public MinuteLimits? Limits { get; init; }

    /// <summary>Read and changed inside <see cref="CommitAsync{T}"/> only.</summary>
    public EngineState State { get; }

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Runs one operation under the lock and completes, with its result, when what it changed is durable.</summary>
    public async ValueTask<T> CommitAsync<T>(Func<long, T> operation)
    {
        T result;
        Task durable;
        lock (_sync)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            var now = Now;
            try
            {
                result = operation(now);
            }
            finally
            {
                Settle(now);
            }

            durable = Journal.CommitAsync();
        }

        if (!durable.IsCompletedSuccessfully) await durable;
        return result;
    }

    /// <summary>Notes that a queue changed: who waits for its messages is served when the operation ends.</summary>
    public void Touch(SqsQueue queue)
    {
        if (queue.Waiters.Count > 0) _touched.Add(queue);
    }

    /// <summary>Puts something among the timers, or moves it there.</summary>
    public void Schedule(ITimed item) => _timers.Push(item);

    public void Unschedule(ITimed item)
    {
        if (item.HeapIndex >= 0) _timers.Remove(item);
    }

    /// <summary>Ends a long poll whose client is gone.</summary>
    public void Abandon(ReceiveWaiter waiter)
    {
        lock (_sync) waiter.Complete(this, []);
    }

    /// <summary>Ends all long polls, empty, and accepts nothing more.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_sync)
        {
            if (_stopped) return;
            _stopped = true;
            foreach (var queue in State.Queues) EndWaits(queue);
        }

        await _timer.DisposeAsync();
        await Journal.DisposeAsync();
    }

    public void EndWaits(SqsQueue queue)
    {
        while (queue.Waiters.First is { } first) first.Value.Complete(this, []);
    }

    private void OnTimer()
    {
        lock (_sync)
        {
            if (_stopped) return;
            var now = Now;
            _armedFor = long.MaxValue;
            while (_timers.Peek is { } item && item.DueAt <= now)
            {
                _timers.Remove(item);
                item.OnDue(this, now);
            }

            Settle(now);
            // Who is answered after this has its own task; a timer tells nobody.
            _ = Journal.CommitAsync();
        }
    }

    private void Settle(long now)
    {
        // Serving one queue may move messages to another, which is then touched in turn.
        for (var i = 0; i < _touched.Count; i++) Serve(_touched[i], now);
        _touched.Clear();
        Arm(now);
    }

    private void Serve(SqsQueue queue, long now)
    {
        while (queue.Waiters.First is { } first)
        {
            var messages = Receiver.Take(this, queue, first.Value.Request, now);
            if (messages.Count == 0) break;
            first.Value.Complete(this, messages);
        }

        Unschedule(queue);
        if (queue.Waiters.Count == 0 || queue.Messages.NextDueAt is not { } due) return;
        queue.DueAt = due;
        Schedule(queue);
    }

    /// <summary>One timer for everything: it is set anew only when something is due before what it waits for.</summary>
    private void Arm(long now)
    {
        if (_timers.Peek is not { } first || first.DueAt >= _armedFor) return;
        _armedFor = first.DueAt;
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, first.DueAt - now)), Timeout.InfiniteTimeSpan);
    }
}
