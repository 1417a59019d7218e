using System.Text.Json;
using SetGet.Core.Accounts;
using SetGet.Core.Queues;
using SetGet.Core.Redis;
using SetGet.Worker.Processing;

namespace SetGet.Worker.Lambda;

/// <summary>Works through the batch of one invocation, within its time.</summary>
internal sealed partial class PushedBatch(
    BatchProcessor processor, Settlement settlement, LiveCounts live, TimeProvider time, ILogger<PushedBatch> logger)
{
    // What is not done this long before the deadline is given up, so that there is time to say so.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);

    private readonly BatchProcessor _processor = processor;
    private readonly Settlement _settlement = settlement;
    private readonly LiveCounts _live = live;
    private readonly TimeProvider _time = time;
    private readonly ILogger<PushedBatch> _logger = logger;

    /// <summary>The messages that failed and come again.</summary>
    public async Task<IReadOnlyList<BatchItemFailure>> WorkAsync(Invocation invocation)
    {
        var began = _time.GetUtcNow();
        var messages = Read(invocation.Event);
        using var deadline = new CancellationTokenSource(Left(invocation), _time);
        try
        {
            var items = await _processor.ProcessAsync(messages, began, deadline.Token);
            var again = await _settlement.SettleAsync(items, deletes: false, deadline.Token);
            await ReportAsync(deadline.Token);
            return [.. again.Select(m => new BatchItemFailure(m.Id))];
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // What is stored already is a duplicate when it comes again.
            Log.OutOfTime(_logger, messages.Count);
            return messages.ConvertAll(m => new BatchItemFailure(m.Id));
        }
    }

    /// <summary>The messages of an event. Throws where it is no batch of a queue: Lambda sends it again.</summary>
    internal static List<QueueMessage> Read(ReadOnlySpan<byte> utf8)
    {
        var batch = JsonSerializer.Deserialize(utf8, RuntimeJson.Default.SqsEvent);
        if (batch?.Records is not { } records) throw new InvalidOperationException("The event is not a batch of an SQS queue: it has no Records.");
        return [.. records.Select(r => r?.ToMessage() ?? throw new InvalidOperationException("The event is not a batch of an SQS queue: one of its Records is null."))];
    }

    // From the answer to the next batch the process is frozen, or never wakes again: what is reported once a second elsewhere is reported now.
    private async Task ReportAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _live.ReportAsync(cancellationToken);
        }
        catch (RedisUnavailableException)
        {
            // It is kept for the next report.
        }
    }

    private TimeSpan Left(Invocation invocation)
    {
        var left = invocation.Deadline - _time.GetUtcNow() - Margin;
        return left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The time of the invocation is up; {Count} messages come again")]
        public static partial void OutOfTime(ILogger logger, int count);
    }
}
