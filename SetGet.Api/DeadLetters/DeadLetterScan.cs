using SetGet.Core.Queues;

namespace SetGet.Api.DeadLetters;

/// <summary>
/// Looks at every message of the dead-letter queue without consuming any: receives them, hidden for a minute so that each is
/// seen once, and makes them visible again at the end. SQS has no other way to look. One scan at a time in a process; one in
/// another process would hide messages from this one, which operators see as a shorter list, and never as a loss.
/// </summary>
internal sealed partial class DeadLetterScan(EventQueues queues, TimeProvider time, ILogger<DeadLetterScan> logger) : IDisposable
{
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(1);

    /// <summary>Ends a scan of a queue so long that the first messages would come back before the last were seen.</summary>
    private static readonly TimeSpan LongestScan = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan LongestRelease = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _one = new(1);
    private readonly Queue _queue = queues.DeadLetters;
    private readonly TimeProvider _time = time;
    private readonly ILogger<DeadLetterScan> _logger = logger;

    /// <summary>
    /// Shows every message to <paramref name="visit"/>, once, until it answers false. The message that it stops at stays hidden
    /// when <paramref name="keepLast"/> is true, so that the caller can delete it.
    /// </summary>
    public async Task RunAsync(Func<QueueMessage, bool> visit, bool keepLast, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        var seen = new Dictionary<string, QueueMessage>(StringComparer.Ordinal);
        try
        {
            var last = await VisitAllAsync(visit, seen, cancellationToken);
            if (keepLast && last is not null) seen.Remove(last);
        }
        finally
        {
            await ReleaseAsync(seen.Values);
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>The id of the message that the visitor stopped at, or null.</summary>
    private async Task<string?> VisitAllAsync(Func<QueueMessage, bool> visit, Dictionary<string, QueueMessage> seen, CancellationToken cancellationToken)
    {
        var expected = (await _queue.DepthAsync(cancellationToken)).Visible;
        var started = _time.GetTimestamp();
        while (_time.GetElapsedTime(started) < LongestScan)
        {
            // A short poll asks some of SQS's servers only; where messages must be left, a long one asks all.
            var messages = await ReceiveAsync(TimeSpan.Zero, cancellationToken);
            if (messages.Count == 0 && seen.Count < expected) messages = await ReceiveAsync(TimeSpan.FromSeconds(1), cancellationToken);
            if (messages.Count == 0) return null;
            string? stop = null;
            foreach (var message in messages)
            {
                var isNew = !seen.ContainsKey(message.Id);
                seen[message.Id] = message;
                if (isNew && stop is null && !visit(message)) stop = message.Id;
            }

            if (stop is not null) return stop;
        }

        Log.TooLong(_logger, seen.Count);
        return null;
    }

    private Task<IReadOnlyList<QueueMessage>> ReceiveAsync(TimeSpan wait, CancellationToken cancellationToken)
        => _queue.ReceiveAsync(wait, Hidden, withAttributes: true, cancellationToken);

    /// <summary>Also after a failure, and after the caller has gone; what cannot be released comes back by itself.</summary>
    private async Task ReleaseAsync(IEnumerable<QueueMessage> messages)
    {
        using var timeout = new CancellationTokenSource(LongestRelease, _time);
        try
        {
            foreach (var chunk in messages.Chunk(Queue.BatchSize)) await _queue.HideAsync(
                Array.ConvertAll(chunk, message => (message, TimeSpan.Zero)), timeout.Token);
        }
        catch (Exception exception) when (exception is QueueUnavailableException or OperationCanceledException)
        {
            Log.NotReleased(_logger, exception, (int)Hidden.TotalSeconds);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Dead letters that were looked at stay hidden for {Seconds} seconds, because they could not be released")]
        public static partial void NotReleased(ILogger logger, Exception exception, int seconds);

        [LoggerMessage(2, LogLevel.Warning, "The dead-letter queue is too long to be looked through at once; {Count} were seen")]
        public static partial void TooLong(ILogger logger, int count);
    }
}
