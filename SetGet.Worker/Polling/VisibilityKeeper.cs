using Microsoft.Extensions.Options;
using SetGet.Core.Queues;
using SetGet.Worker.Processing;

namespace SetGet.Worker.Polling;

/// <summary>Keeps a batch hidden from other pollers while it is in work. A batch takes milliseconds; this is for when Redis is slow.</summary>
internal sealed partial class VisibilityKeeper(EventQueues queues, IOptions<WorkerOptions> options, TimeProvider time, ILogger<VisibilityKeeper> logger)
{
    private readonly Queue _queue = queues.Events;
    private readonly WorkerOptions _options = options.Value;
    private readonly TimeProvider _time = time;
    private readonly ILogger<VisibilityKeeper> _logger = logger;

    /// <summary>Until the result is disposed.</summary>
    public IAsyncDisposable Keep(IReadOnlyList<QueueMessage> messages)
    {
        var visibility = TimeSpan.FromSeconds(_options.VisibilitySeconds);
        return new Kept(ended => ExtendAsync([.. messages.Select(m => (m, visibility))], ended), TimeSpan.FromSeconds(_options.HeartbeatSeconds), _time);
    }

    private async Task ExtendAsync(IReadOnlyList<(QueueMessage Message, TimeSpan For)> messages, CancellationToken ended)
    {
        try
        {
            await _queue.HideAsync(messages, ended);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The batch is done.
        }
        catch (QueueUnavailableException e)
        {
            Log.NotExtended(_logger, messages.Count, e);
        }
    }

    // A timer and not a loop that waits: a wait that is cancelled throws, and that with every batch was a twentieth of the worker's time.
    private sealed class Kept : IAsyncDisposable
    {
        private readonly CancellationTokenSource _ended = new();
        private readonly Func<CancellationToken, Task> _extend;
        private readonly ITimer _timer;
        private Task _extending = Task.CompletedTask;

        public Kept(Func<CancellationToken, Task> extend, TimeSpan interval, TimeProvider time)
        {
            _extend = extend;
            _timer = time.CreateTimer(kept => ((Kept)kept!).Extend(), this, interval, interval);
        }

        public async ValueTask DisposeAsync()
        {
            await _timer.DisposeAsync();
            await _ended.CancelAsync();
            await _extending;
            _ended.Dispose();
        }

        private void Extend()
        {
            lock (_ended) _extending = ExtendAfterAsync(_extending);
        }

        // One call at a time: a heartbeat may come while the last one's call still runs.
        private async Task ExtendAfterAsync(Task last)
        {
            await last;
            if (!_ended.IsCancellationRequested) await _extend(_ended.Token);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The visibility timeout of {Count} messages in work could not be extended; they may be delivered twice")]
        public static partial void NotExtended(ILogger logger, int count, Exception exception);
    }
}
