using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;
using SetGet.Core;

namespace SetGet.Worker.Telemetry;

/// <summary>Asks the queues now and then how much they hold.</summary>
internal sealed partial class QueueGauges : BackgroundService
{
    private const string Visible = "ApproximateNumberOfMessages";
    private const string NotVisible = "ApproximateNumberOfMessagesNotVisible";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly IAmazonSQS _sqs;
    private readonly QueueOptions _queues;
    private readonly WorkerMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<QueueGauges> _logger;

    public QueueGauges(IAmazonSQS sqs, IOptions<QueueOptions> queues, WorkerMetrics metrics, TimeProvider time, ILogger<QueueGauges> logger)
    {
        _sqs = sqs;
        _queues = queues.Value;
        _metrics = metrics;
        _time = time;
        _logger = logger;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Periodic.RunAsync(Interval, _time, ReadAsync, stoppingToken);

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var events = await _sqs.GetQueueAttributesAsync(_queues.EventsQueueUrl, [Visible, NotVisible], cancellationToken);
            var dead = await _sqs.GetQueueAttributesAsync(_queues.DeadLetterQueueUrl, [Visible], cancellationToken);
            _metrics.Queue(new QueueSizes(Count(events, Visible), Count(events, NotVisible), Count(dead, Visible)));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            _metrics.Queue(null);
            Log.NotRead(_logger, e.Message);
        }
    }

    private static long Count(GetQueueAttributesResponse response, string name)
        => response.Attributes is { } attributes && attributes.TryGetValue(name, out var text) && long.TryParse(text, out var count) ? count : 0;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The queues' sizes could not be read: {Fault}")]
        public static partial void NotRead(ILogger logger, string fault);
    }
}
