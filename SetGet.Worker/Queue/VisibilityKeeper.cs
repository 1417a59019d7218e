using SetGet.Worker.Composition;

namespace SetGet.Worker.Queue;

/// <summary>Keeps a batch hidden from other pollers while it is in work. A batch takes milliseconds; this is for when Redis is slow.</summary>
internal sealed partial class VisibilityKeeper : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _running;

    public VisibilityKeeper(EventQueue queue, IReadOnlyList<QueueMessage> messages, WorkerOptions options, TimeProvider time, ILogger logger)
        => _running = KeepAsync(queue, messages, options, time, logger, _ended.Token);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _running;
        _ended.Dispose();
    }

    private static async Task KeepAsync(
        EventQueue queue, IReadOnlyList<QueueMessage> messages, WorkerOptions options, TimeProvider time, ILogger logger, CancellationToken ended)
    {
        var visibility = TimeSpan.FromSeconds(options.VisibilitySeconds);
        var entries = messages.Select(m => (m, visibility)).ToList();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.HeartbeatSeconds), time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                try
                {
                    await queue.HideAsync(entries, ended);
                }
                catch (Exception e) when (!ended.IsCancellationRequested)
                {
                    Log.NotExtended(logger, entries.Count, e);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The batch is done.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(20, LogLevel.Warning, "The visibility timeout of {Count} messages in work could not be extended; they may be delivered twice")]
        public static partial void NotExtended(ILogger logger, int count, Exception exception);
    }
}
