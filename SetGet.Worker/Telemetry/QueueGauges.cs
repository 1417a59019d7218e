using SetGet.Core;
using SetGet.Core.Queues;

namespace SetGet.Worker.Telemetry;

/// <summary>Asks the queues now and then how much they hold.</summary>
internal sealed partial class QueueGauges(EventQueues queues, WorkerMetrics metrics, TimeProvider time, ILogger<QueueGauges> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly EventQueues _queues = queues;
    private readonly WorkerMetrics _metrics = metrics;
    private readonly TimeProvider _time = time;
    private readonly ILogger<QueueGauges> _logger = logger;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Periodic.RunAsync(Interval, _time, ReadAsync, stoppingToken);

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var events = await _queues.Events.DepthAsync(cancellationToken);
            var dead = await _queues.DeadLetters.DepthAsync(cancellationToken);
            _metrics.Queue(new QueueSizes(events.Visible, events.InFlight, dead.Visible));
        }
        catch (QueueUnavailableException e)
        {
            _metrics.Queue(null);
            Log.NotRead(_logger, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The queues' sizes could not be read: {Fault}")]
        public static partial void NotRead(ILogger logger, string fault);
    }
}
