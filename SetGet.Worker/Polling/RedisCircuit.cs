using SetGet.Core.Redis;


namespace SetGet.Worker.Polling;

/// <summary>
/// While Redis does not answer, nothing is received: a message that cannot be stored would only come nearer to the dead-letter queue with
/// every receive. One probe per second, over all pollers, finds out when Redis is back.
/// </summary>
internal sealed partial class RedisCircuit
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(1);

    private readonly Func<CancellationToken, Task<bool>> _answers;
    private readonly TimeProvider _time;
    private readonly ILogger<RedisCircuit> _logger;
    private readonly Lock _lock = new();
    private TaskCompletionSource? _closed;

    public RedisCircuit(RedisProbe probe, TimeProvider time, ILogger<RedisCircuit> logger)
        : this(probe.AnswersAsync, time, logger)
    {
    }

    /// <param name="answers">Whether Redis takes writes now.</param>
    internal RedisCircuit(Func<CancellationToken, Task<bool>> answers, TimeProvider time, ILogger<RedisCircuit> logger)
    {
        _answers = answers;
        _time = time;
        _logger = logger;
    }

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
        while (!await _answers(CancellationToken.None)) await Task.Delay(ProbeInterval, _time, CancellationToken.None);
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
