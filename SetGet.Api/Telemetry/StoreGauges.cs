using SetGet.Core;
using SetGet.Core.Accounts;
using SetGet.Core.Redis;

namespace SetGet.Api.Telemetry;

/// <summary>Asks the store now and then how much it holds.</summary>
internal sealed partial class StoreGauges(LiveCounts live, ApiMetrics metrics, TimeProvider time, ILogger<StoreGauges> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly LiveCounts _live = live;
    private readonly ApiMetrics _metrics = metrics;
    private readonly TimeProvider _time = time;
    private readonly ILogger<StoreGauges> _logger = logger;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Periodic.RunAsync(Interval, _time, ReadAsync, stoppingToken);

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            _metrics.LiveKeys(await _live.CountKeysAsync(cancellationToken));
        }
        catch (RedisUnavailableException e)
        {
            _metrics.LiveKeys(null);
            Log.NotRead(_logger, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The number of live keys could not be read: {Fault}")]
        public static partial void NotRead(ILogger logger, string fault);
    }
}
