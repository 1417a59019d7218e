using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;
using SetGet.Core;

namespace SetGet.Api.DeadLetters;

/// <summary>
/// Looks at every message of the dead-letter queue without consuming any: receives them, hidden for a minute so that each is
/// seen once, and makes them visible again at the end. SQS has no other way to look. One scan at a time in a process; one in
/// another process would hide messages from this one, which operators see as a shorter list, and never as a loss.
/// </summary>
internal sealed partial class DeadLetterScan : IDisposable
{
    private const int HiddenSeconds = 60;
    private const int BatchSize = 10;

    /// <summary>Ends a scan of a queue so long that the first messages would come back before the last were seen.</summary>
    private static readonly TimeSpan LongestScan = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan LongestRelease = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _one = new(1);
    private readonly IAmazonSQS _sqs;
    private readonly string _queueUrl;
    private readonly TimeProvider _time;
    private readonly ILogger<DeadLetterScan> _logger;

    public DeadLetterScan(IAmazonSQS sqs, IOptions<QueueOptions> queues, TimeProvider time, ILogger<DeadLetterScan> logger)
    {
        _sqs = sqs;
        _queueUrl = queues.Value.DeadLetterQueueUrl;
        _time = time;
        _logger = logger;
    }

    /// <summary>
    /// Shows every message to <paramref name="visit"/>, once, until it answers false. The message that it stops at stays hidden
    /// when <paramref name="keepLast"/> is true, so that the caller can delete it.
    /// </summary>
    public async Task RunAsync(Func<Message, bool> visit, bool keepLast, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var last = await VisitAllAsync(visit, seen, cancellation);
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
    private async Task<string?> VisitAllAsync(Func<Message, bool> visit, Dictionary<string, string> seen, CancellationToken cancellation)
    {
        var expected = await CountAsync(cancellation);
        var started = _time.GetTimestamp();
        while (_time.GetElapsedTime(started) < LongestScan)
        {
            // A short poll asks some of SQS's servers only; where messages must be left, a long one asks all.
            var messages = await ReceiveAsync(waitSeconds: 0, cancellation);
            if (messages.Count == 0 && seen.Count < expected) messages = await ReceiveAsync(waitSeconds: 1, cancellation);
            if (messages.Count == 0) return null;
            string? stop = null;
            foreach (var message in messages)
            {
                var isNew = !seen.ContainsKey(message.MessageId);
                seen[message.MessageId] = message.ReceiptHandle;
                if (isNew && stop is null && !visit(message)) stop = message.MessageId;
            }

            if (stop is not null) return stop;
        }

        Log.TooLong(_logger, seen.Count);
        return null;
    }

    private async Task<int> CountAsync(CancellationToken cancellation)
    {
        const string Visible = "ApproximateNumberOfMessages";
        var answer = await _sqs.GetQueueAttributesAsync(_queueUrl, [Visible], cancellation);
        return answer.Attributes is { } all && all.TryGetValue(Visible, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
    }

    private async Task<List<Message>> ReceiveAsync(int waitSeconds, CancellationToken cancellation)
    {
        var answer = await _sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest
            {
                QueueUrl = _queueUrl,
                MaxNumberOfMessages = BatchSize,
                VisibilityTimeout = HiddenSeconds,
                WaitTimeSeconds = waitSeconds,
                MessageAttributeNames = ["All"],
                MessageSystemAttributeNames = ["All"],
            },
            cancellation);
        return answer.Messages ?? [];
    }

    /// <summary>Also after a failure, and after the caller has gone; what cannot be released comes back by itself.</summary>
    private async Task ReleaseAsync(IEnumerable<string> receipts)
    {
        using var timeout = new CancellationTokenSource(LongestRelease, _time);
        try
        {
            foreach (var chunk in receipts.Chunk(BatchSize))
            {
                var entries = chunk.Select((receipt, i) => new ChangeMessageVisibilityBatchRequestEntry
                {
                    Id = i.ToString(CultureInfo.InvariantCulture),
                    ReceiptHandle = receipt,
                    VisibilityTimeout = 0,
                });
                await _sqs.ChangeMessageVisibilityBatchAsync(_queueUrl, [.. entries], timeout.Token);
            }
        }
        catch (Exception exception)
        {
            Log.NotReleased(_logger, exception, HiddenSeconds);
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
