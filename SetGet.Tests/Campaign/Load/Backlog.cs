using SetGet.Core.Queues;
using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign.Load;

/// <summary>How far the workers are behind. A campaign is about faults: senders wait for workers where they must.</summary>
internal sealed class Backlog(World world)
{
    private const int Most = 5_000;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    private TaskCompletionSource _room = Completed();
    private int _holds;

    /// <summary>Messages in the events queue, hidden and delayed ones too; null where SQS does not say.</summary>
    internal long? Messages { get; private set; }

    internal Task HasRoomAsync(CancellationToken stop)
        => Volatile.Read(ref _room).Task.WaitAsync(stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    /// <summary>No new event is begun until the answer is disposed.</summary>
    internal IDisposable HoldSenders()
    {
        Interlocked.Increment(ref _holds);
        CloseRoom();
        return new Hold(this);
    }

    /// <summary>Keeps counting until it is told to stop.</summary>
    internal async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            do
            {
                Messages = await CountAsync(stop);
                if (Messages < Most && Volatile.Read(ref _holds) == 0) _room.TrySetResult();
                else CloseRoom();
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            _room.TrySetResult();
        }
    }

    /// <summary>Ends when nothing is left, three times in a row.</summary>
    internal async Task IsEmptyAsync(CancellationToken cancellationToken)
    {
        for (var empty = 0; empty < 3; empty = await CountAsync(cancellationToken) == 0 ? empty + 1 : 0)
            await Task.Delay(Interval, TimeProvider.System, cancellationToken);
    }

    /// <summary>Messages in the events queue now; null where SQS does not say.</summary>
    internal async Task<long?> CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            var depth = await world.Events.DepthAsync(cancellationToken);
            return depth.Visible + depth.InFlight + depth.Delayed;
        }
        catch (QueueUnavailableException)
        {
            return null;
        }
    }

    private void CloseRoom()
    {
        if (_room.Task.IsCompleted) Volatile.Write(ref _room, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    private static TaskCompletionSource Completed()
    {
        var room = new TaskCompletionSource();
        room.SetResult();
        return room;
    }

    private sealed class Hold(Backlog backlog) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0) Interlocked.Decrement(ref backlog._holds);
        }
    }
}
