using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SetGet.Core.Stats;

/// <summary>
/// Moves what this process counted to Redis, once a second, just after the second is over, and once more at the end. While Redis does not
/// answer the counts are dropped: they are for a glance, and adding them later would show a peak that never was. What is no rate is kept.
/// </summary>
public sealed partial class FlowStatsPublisher : BackgroundService
{
    private const int SecondMs = 1000;
    private const int MaxAccountsAtOnce = 500;

    /// <summary>After the turn of the second, so that a clock a little behind still reports the second that is over. Milliseconds.</summary>
    private const int AfterTurnMs = 50;

    /// <summary>The end of a process waits no longer than that for its last report.</summary>
    private static readonly TimeSpan LastReport = TimeSpan.FromMilliseconds(500);

    private readonly FlowStats _stats;
    private readonly FlowStore _store;
    private readonly LiveKeys _keys;
    private readonly AccountIndex _accounts;
    private readonly AccountDirectory _directory;
    private readonly TimeProvider _time;
    private readonly ILogger<FlowStatsPublisher> _logger;
    private bool _failing;

    public FlowStatsPublisher(
        FlowStats stats, FlowStore store, LiveKeys keys, AccountIndex accounts, AccountDirectory directory, TimeProvider time, ILogger<FlowStatsPublisher> logger)
    {
        _stats = stats;
        _store = store;
        _keys = keys;
        _accounts = accounts;
        _directory = directory;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
                await Task.Delay(TimeSpan.FromMilliseconds(SecondMs - now % SecondMs + AfterTurnMs), _time, stoppingToken);
                await ReportAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync reports what is left.
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var limit = new CancellationTokenSource(LastReport, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await ReportAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // Redis is away; an ended bucket puts the count of keys right.
        }
    }

    /// <summary>Reports once: what was counted belongs to the second before the present one.</summary>
    internal async Task ReportAsync(CancellationToken cancellationToken)
    {
        var delta = _stats.TakeDelta();
        var fresh = _accounts.TakeFresh(MaxAccountsAtOnce);
        try
        {
            if (!delta.IsEmpty) await _store.AddAsync(_time.GetUtcNow().ToUnixTimeSeconds() - 1, delta, cancellationToken);
            await _keys.ReportAsync(cancellationToken);
            if (fresh.Count > 0) await _directory.AddAsync(fresh, cancellationToken);
            _failing = false;
        }
        catch (RedisUnavailableException exception)
        {
            _accounts.Return(fresh);
            if (!_failing) Log.NotReported(_logger, exception);
            _failing = true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The operators' page lacks this process's numbers: the store does not answer")]
        public static partial void NotReported(ILogger logger, Exception exception);
    }
}
