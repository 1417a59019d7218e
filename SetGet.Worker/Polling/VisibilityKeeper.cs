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
    public IAsyncDisposable Keep(IReadOnlyList<QueueMessage> messages) => new Kept(ended => KeepAsync(messages, ended));

    private async Task KeepAsync(IReadOnlyList<QueueMessage> messages, CancellationToken ended)
    {
        var visibility = TimeSpan.FromSeconds(_options.VisibilitySeconds);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(_options.HeartbeatSeconds), _time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended)) await ExtendAsync([.. messages.Select(m => (m, visibility))], ended);
        }
        catch (OperationCanceledException)
        {
            // The batch is done.
        }
    }

    private async Task ExtendAsync(IReadOnlyList<(QueueMessage Message, TimeSpan For)> messages, CancellationToken ended)
    {
        try
        {
            await _queue.HideAsync(messages, ended);
        }
        catch (QueueUnavailableException e)
        {
            Log.NotExtended(_logger, messages.Count, e);
        }
    }

    private sealed class Kept : IAsyncDisposable
    {
        private readonly CancellationTokenSource _ended = new();
        private readonly Task _running;

        public Kept(Func<CancellationToken, Task> keep) => _running = keep(_ended.Token);

        public async ValueTask DisposeAsync()
        {
            await _ended.CancelAsync();
            await _running;
            _ended.Dispose();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The visibility timeout of {Count} messages in work could not be extended; they may be delivered twice")]
        public static partial void NotExtended(ILogger logger, int count, Exception exception);
    }
}
