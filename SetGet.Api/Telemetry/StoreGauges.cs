using SetGet.Core;
using SetGet.Core.Stats;

namespace SetGet.Api.Telemetry;

/// <summary>Asks the store now and then how much it holds.</summary>
internal sealed partial class StoreGauges : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly LiveKeys _keys;
    private readonly ApiMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<StoreGauges> _logger;

    public StoreGauges(LiveKeys keys, ApiMetrics metrics, TimeProvider time, ILogger<StoreGauges> logger)
    {
        _keys = keys;
        _metrics = metrics;
        _time = time;
        _logger = logger;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            do _metrics.LiveKeys(await CountAsync(stoppingToken));
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    private async Task<long?> CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _keys.CountAsync(cancellationToken);
        }
        catch (RedisUnavailableException e)
        {
            Log.NotRead(_logger, e.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The number of live keys could not be read: {Fault}")]
        public static partial void NotRead(ILogger logger, string fault);
    }
}
