using Microsoft.Extensions.Options;
using SetGet.Worker.Processing;

namespace SetGet.Worker.Polling;

/// <summary>
/// The loops that receive batches and work through them, as many of them as there is work for. On stop nothing more is received, and the batches in hand are
/// finished within <see cref="WorkerOptions.DrainSeconds"/>.
/// </summary>
internal sealed partial class QueuePollers(
    MessageSource source, PolledBatch batch, IOptions<WorkerOptions> options, TimeProvider time, ILogger<QueuePollers> logger) : BackgroundService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly MessageSource _source = source;
    private readonly PolledBatch _batch = batch;
    private readonly WorkerOptions _options = options.Value;
    private readonly TimeProvider _time = time;
    private readonly ILogger<QueuePollers> _logger = logger;
    private readonly PollerReserve _reserve = new(options.Value.Pollers);

    public override void Dispose()
    {
        _reserve.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var drain = new CancellationTokenSource();
        await using var onStop = stoppingToken.Register(() => drain.CancelAfter(TimeSpan.FromSeconds(_options.DrainSeconds)));
        Log.Started(_logger, _options.Pollers, _source.Queue.Name);
        await Task.WhenAll(Enumerable.Range(0, _options.Pollers).Select(
            i => Task.Run(() => PollAsync(PollerReserve.Has(i), stoppingToken, drain.Token), CancellationToken.None)));
        Log.Stopped(_logger);
    }

    private async Task PollAsync(bool isOfReserve, CancellationToken stopping, CancellationToken draining)
    {
        var (pause, sleeps) = (ShortestPause, isOfReserve);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (sleeps) await _reserve.SleepAsync(stopping);
                var (messages, began) = await _source.ReceiveAsync(stopping);
                sleeps = !_reserve.Note(messages) && isOfReserve;
                if (messages.Count > 0) await _batch.WorkAsync(messages, began, draining);
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
                await Task.Delay(pause * (0.5 + (0.5 * Random.Shared.NextDouble())), _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Up to {Pollers} pollers receive from {Queue}")]
        public static partial void Started(ILogger logger, int pollers, string queue);

        [LoggerMessage(2, LogLevel.Information, "The batches in hand are finished; nothing is received any more")]
        public static partial void Stopped(ILogger logger);

        [LoggerMessage(3, LogLevel.Error, "Receiving or settling a batch failed; the next try follows in {Pause}")]
        public static partial void PollFailed(ILogger logger, TimeSpan pause, Exception exception);
    }
}
