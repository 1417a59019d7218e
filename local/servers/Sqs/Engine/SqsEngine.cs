using Sqs.Storage;

namespace Sqs.Engine;

/// <summary>
/// All queues, their one lock and their journal. One lock for all, because a redrive and a message move
/// touch two queues and are one step, and because the journal, which everything ends in, has one end anyway; it is held
/// for microseconds, never across I/O.
/// </summary>
internal sealed class SqsEngine : IAsyncDisposable
{
    private readonly Lock _sync = new();
    private readonly TimeProvider _clock;
    private readonly List<SqsQueue> _touched = [];
    private bool _stopped;

    /// <param name="clock">The time of everything here.</param>
    /// <param name="account">The account of requests that name none.</param>
    /// <param name="state">What is there already.</param>
    /// <param name="journal">Null: nothing is kept, the memory mode.</param>
    public SqsEngine(TimeProvider clock, SqsAccount account, EngineState? state = null, Journal? journal = null)
    {
        _clock = clock;
        Account = account;
        State = state ?? new EngineState();
        Journal = journal;
        foreach (var task in State.MoveTasks.Where(task => task.IsRunning)) task.Run(this);
    }

    public SqsAccount Account { get; }

    public Journal? Journal { get; }

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

            durable = Durable();
        }

        if (!durable.IsCompletedSuccessfully) await durable;
        return result;
    }

    /// <summary>Completes when everything changed so far survives a crash.</summary>
    public Task Durable() => Journal?.CommitAsync() ?? Task.CompletedTask;

    /// <summary>Notes that a queue changed: who waits for its messages is served when the operation ends.</summary>
    public void Touch(SqsQueue queue)
    {
        if (queue.Waiters.Count > 0) _touched.Add(queue);
    }

    /// <summary>Runs a step under the lock when so many milliseconds are over; at least one: never within the step that asks for it.</summary>
    public ITimer StartTimer(long milliseconds, Action<long> step)
        => _clock.CreateTimer(_ => OnTimer(step), null, TimeSpan.FromMilliseconds(Math.Max(1, milliseconds)), Timeout.InfiniteTimeSpan);

    /// <summary>Ends a long poll whose client is gone.</summary>
    public void Abandon(ReceiveWaiter waiter)
    {
        lock (_sync) waiter.Complete([]);
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

        if (Journal is not null) await Journal.DisposeAsync();
    }

    public static void EndWaits(SqsQueue queue)
    {
        while (queue.Waiters.First is { } first) first.Value.Complete([]);
    }

    private void OnTimer(Action<long> step)
    {
        lock (_sync)
        {
            if (_stopped) return;
            var now = Now;
            step(now);
            Settle(now);
            // Who is answered after this has its own task; a timer tells nobody.
            _ = Durable();
        }
    }

    private void Settle(long now)
    {
        // Serving one queue may move messages to another, which is then touched in turn.
        for (var i = 0; i < _touched.Count; i++) Serve(_touched[i], now);
        _touched.Clear();
    }

    private void Serve(SqsQueue queue, long now)
    {
        while (queue.Waiters.First is { } first)
        {
            var messages = Receiver.Take(this, queue, first.Value.Request, now);
            if (messages.Count == 0) break;
            first.Value.Complete(messages);
        }

        queue.Timer?.Dispose();
        queue.Timer = queue.Waiters.Count > 0 && queue.Messages.NextDueAt is { } due ? StartTimer(due - now, _ => Touch(queue)) : null;
    }
}
