using Microsoft.Extensions.Options;
using SetGet.Core.Queues;

namespace SetGet.Worker.Processing;

/// <summary>Does to each message of a batch what was decided: delete, send to the dead-letter queue, or hide until it comes again.</summary>
internal sealed partial class Settlement(EventQueues queues, DeadLetterSender deadLetters, IOptions<WorkerOptions> options, ILogger<Settlement> logger)
{
    private readonly Queue _queue = queues.Events;
    private readonly DeadLetterSender _deadLetters = deadLetters;
    private readonly WorkerOptions _options = options.Value;
    private readonly ILogger<Settlement> _logger = logger;

    /// <summary>Answers with the messages that come again.</summary>
    /// <param name="deletes">False where somebody else deletes what does not come again: the mapping of a Lambda function.</param>
    public async Task<IReadOnlyList<QueueMessage>> SettleAsync(IReadOnlyList<WorkItem> items, bool deletes, CancellationToken cancellationToken)
    {
        if (deletes) await DeleteAsync([.. Of(items, Disposition.Done).Select(i => i.Message)], cancellationToken);
        var again = Of(items, Disposition.Retry).Select(i => i.Message).ToList();
        var buried = new List<QueueMessage>();
        foreach (var item in Of(items, Disposition.DeadLetter))
            (await _deadLetters.TrySendAsync(item, cancellationToken) ? buried : again).Add(item.Message);
        if (deletes) await DeleteAsync(buried, cancellationToken);
        foreach (var chunk in again.Chunk(Queue.BatchSize)) await TryHideAsync(chunk, cancellationToken);
        return again;
    }

    private static IEnumerable<WorkItem> Of(IReadOnlyList<WorkItem> items, Disposition disposition) => items.Where(i => i.Disposition == disposition);

    private async Task DeleteAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0) return;
        var failures = await _queue.DeleteAsync(messages, cancellationToken);
        if (failures > 0) Log.NotDeleted(_logger, failures);
    }

    // Without it a message comes again after the queue's own visibility timeout: sooner or later than wanted, but it comes.
    private async Task TryHideAsync(QueueMessage[] messages, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.HideAsync(Array.ConvertAll(messages, m => (m, RetryDelay.After(m.ReceiveCount, _options))), cancellationToken);
        }
        catch (QueueUnavailableException e)
        {
            Log.NotHidden(_logger, messages.Length, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Count} stored messages could not be deleted; they come again and are duplicates then")]
        public static partial void NotDeleted(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Warning, "The delay of {Count} failed messages could not be set")]
        public static partial void NotHidden(ILogger logger, int count, Exception exception);
    }
}
