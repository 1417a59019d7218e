using SetGet.Core.Redis;

namespace SetGet.Worker.Polling;

/// <summary>
/// While Redis does not answer, nothing is received: a message that cannot be stored would only come nearer to the dead-letter queue with
/// every receive. One probe per second, over all pollers, finds out when Redis is back.
/// </summary>
internal sealed partial class RedisCircuit(RedisProbe probe, TimeProvider time, ILogger<RedisCircuit> logger)
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(1);

    private readonly RedisProbe _probe = probe;
    private readonly TimeProvider _time = time;
    private readonly ILogger<RedisCircuit> _logger = logger;
    private readonly Lock _lock = new();
    private TaskCompletionSource? _closed;

    public bool IsOpen
    {
        get
        {
            lock (_lock) return _closed is not null;
        }
    }

    /// <summary>Called when Redis did not answer.</summary>
    public void Open(string fault)
    {
        lock (_lock)
        {
            if (_closed is not null) return;
            _closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        Log.Opened(_logger, fault);
        _ = ProbeUntilClosedAsync();
    }

    /// <summary>Ends at once while Redis answers, else when it does again.</summary>
    public Task WaitUntilClosedAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return _closed?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;
    }

    private async Task ProbeUntilClosedAsync()
    {
        var began = _time.GetTimestamp();
        while (!await _probe.AnswersAsync(CancellationToken.None)) await Task.Delay(ProbeInterval, _time, CancellationToken.None);
        Log.Closed(_logger, _time.GetElapsedTime(began));
        lock (_lock)
        {
            _closed?.SetResult();
            _closed = null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Redis does not answer; nothing is received until it does: {Fault}")]
        public static partial void Opened(ILogger logger, string fault);

        [LoggerMessage(2, LogLevel.Information, "Redis answers again after {Duration}")]
        public static partial void Closed(ILogger logger, TimeSpan duration);
    }
}
