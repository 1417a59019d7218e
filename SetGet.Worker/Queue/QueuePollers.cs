using Microsoft.Extensions.Options;
using SetGet.Worker.Composition;
using SetGet.Worker.Processing;
using SetGet.Worker.Telemetry;

namespace SetGet.Worker.Queue;

/// <summary>
/// The loops that receive, process and settle batches. On stop nothing more is received, and the batches in hand are finished within
/// <see cref="WorkerOptions.DrainSeconds"/>.
/// </summary>
internal sealed partial class QueuePollers : BackgroundService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly EventQueue _queue;
    private readonly BatchProcessor _processor;
    private readonly RedisCircuit _circuit;
    private readonly DeadLetterSender _deadLetters;
    private readonly OldestMessage _oldest;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<QueuePollers> _logger;

    public QueuePollers(
        EventQueue queue,
        BatchProcessor processor,
        RedisCircuit circuit,
        DeadLetterSender deadLetters,
        OldestMessage oldest,
        IOptions<WorkerOptions> options,
        TimeProvider time,
        ILogger<QueuePollers> logger)
    {
        _queue = queue;
        _processor = processor;
        _circuit = circuit;
        _deadLetters = deadLetters;
        _oldest = oldest;
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var drain = new CancellationTokenSource();
        await using var onStop = stoppingToken.Register(() => drain.CancelAfter(TimeSpan.FromSeconds(_options.DrainSeconds)));
        Log.Started(_logger, _options.Pollers, _queue.Name);
        await Task.WhenAll(Enumerable.Range(0, _options.Pollers).Select(_ => Task.Run(() => PollAsync(stoppingToken, drain.Token), CancellationToken.None)));
        Log.Stopped(_logger);
    }

    private async Task PollAsync(CancellationToken stopping, CancellationToken draining)
    {
        var pause = ShortestPause;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await _circuit.WaitUntilClosedAsync(stopping);
                var began = _time.GetUtcNow();
                var messages = await _queue.ReceiveAsync(stopping);
                if (messages.Count > 0) await WorkAsync(messages, began, draining);
                pause = ShortestPause;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The queue does not answer (or something that nobody thought of): whatever was in hand comes back by itself.
                Log.PollFailed(_logger, pause, e);
                await PauseAsync(pause, stopping);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task WorkAsync(IReadOnlyList<QueueMessage> messages, DateTimeOffset began, CancellationToken cancellationToken)
    {
        using var inHand = _oldest.Hold(messages);
        IReadOnlyList<MessageResult> results;
        await using (new VisibilityKeeper(_queue, messages, _options, _time, _logger))
        {
            results = await _processor.ProcessAsync(messages, began, cancellationToken);
        }

        if (results.FirstOrDefault(r => r.Disposition == Disposition.Retry) is { } failed) _circuit.Open(failed.Detail ?? "");
        await DeleteAsync([.. results.Where(r => r.Disposition == Disposition.Done).Select(r => r.Message)], cancellationToken);
        var later = results.Where(r => r.Disposition == Disposition.Retry).Select(r => r.Message).ToList();
        var buried = new List<QueueMessage>();
        foreach (var result in results.Where(r => r.Disposition == Disposition.DeadLetter))
            (await _deadLetters.TrySendAsync(result, cancellationToken) ? buried : later).Add(result.Message);
        await DeleteAsync(buried, cancellationToken);
        if (later.Count == 0) return;
        inHand.GiveBack(later);
        await _queue.HideAsync(later.ConvertAll(m => (m, RetryDelay.After(m.ReceiveCount, _options))), cancellationToken);
    }

    private async Task DeleteAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0) return;
        var failures = await _queue.DeleteAsync(messages, cancellationToken);
        if (failures > 0) Log.NotDeleted(_logger, failures);
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(pause * (0.5 + (0.5 * Random.Shared.NextDouble())), _time, stopping);
        }
        catch (OperationCanceledException)
        {
            // The loop sees it.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Pollers} pollers receive from {Queue}")]
        public static partial void Started(ILogger logger, int pollers, string queue);

        [LoggerMessage(2, LogLevel.Information, "The batches in hand are finished; nothing is received any more")]
        public static partial void Stopped(ILogger logger);

        [LoggerMessage(3, LogLevel.Error, "Receiving or settling a batch failed; the next try follows in {Pause}")]
        public static partial void PollFailed(ILogger logger, TimeSpan pause, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "{Count} stored messages could not be deleted; they come again and are duplicates then")]
        public static partial void NotDeleted(ILogger logger, int count);
    }
}
