using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SetGet.Core.Redis;

/// <summary>What gathers in this process and is moved to Redis once a second.</summary>
internal interface IReported
{
    /// <summary>
    /// Reports what has gathered; throws <see cref="RedisUnavailableException"/>. What is lost when Redis is away is the implementer's to
    /// decide.
    /// </summary>
    Task ReportAsync(CancellationToken cancellationToken);
}

/// <summary>Reports once a second, just after the second is over, and once more at the end.</summary>
internal sealed partial class ReportingService(IEnumerable<IReported> reported, TimeProvider time, ILogger<ReportingService> logger) : BackgroundService
{
    private const int SecondMs = 1000;

    /// <summary>After the turn of the second, so that a clock a little behind still reports the second that is over. Milliseconds.</summary>
    private const int AfterTurnMs = 50;

    /// <summary>The end of a process waits no longer than that for its last report.</summary>
    private static readonly TimeSpan LastReport = TimeSpan.FromMilliseconds(500);

    private readonly IReported[] _reported = [.. reported];
    private readonly TimeProvider _time = time;
    private readonly ILogger<ReportingService> _logger = logger;
    private bool _failing;

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
            // Redis is away.
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
                await Task.Delay(TimeSpan.FromMilliseconds(SecondMs - (now % SecondMs) + AfterTurnMs), _time, stoppingToken);
                await ReportAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync reports what is left.
        }
    }

    /// <summary>Reports once. One that fails keeps none of the others from reporting.</summary>
    internal async Task ReportAsync(CancellationToken cancellationToken)
    {
        RedisUnavailableException? fault = null;
        foreach (var each in _reported)
        {
            try
            {
                await each.ReportAsync(cancellationToken);
            }
            catch (RedisUnavailableException e)
            {
                fault = e;
            }
        }

        if (fault is not null && !_failing) Log.NotReported(_logger, fault);
        _failing = fault is not null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The operators' page lacks this process's numbers: the store does not answer")]
        public static partial void NotReported(ILogger logger, Exception exception);
    }
}
