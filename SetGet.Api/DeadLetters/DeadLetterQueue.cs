using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;
using SetGet.Api.Problems;
using SetGet.Core;

namespace SetGet.Api.DeadLetters;

/// <summary>What operators do with dead letters: look, send back, drop.</summary>
internal sealed partial class DeadLetterQueue
{
    private readonly DeadLetterScan _scan;
    private readonly IAmazonSQS _sqs;
    private readonly QueueOptions _queues;
    private readonly ILogger<DeadLetterQueue> _logger;

    public DeadLetterQueue(DeadLetterScan scan, IAmazonSQS sqs, IOptions<QueueOptions> queues, ILogger<DeadLetterQueue> logger)
    {
        _scan = scan;
        _sqs = sqs;
        _queues = queues.Value;
        _logger = logger;
    }

    public async Task<DeadLetterPage> ListAsync(DeadLetterFilter filter, DeadLetterList.Position? after, int limit, CancellationToken cancellation)
    {
        var list = new DeadLetterList(filter, after, limit);
        await _scan.RunAsync(
            message =>
            {
                list.Add(DeadLetter.Of(message));
                return true;
            },
            keepLast: false,
            cancellation);
        return list.ToPage();
    }

    /// <summary>Deletes one for good; false where there is no such one.</summary>
    public async Task<bool> DropAsync(string id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is not { } message) return false;
        await _sqs.DeleteMessageAsync(_queues.DeadLetterQueueUrl, message.ReceiptHandle, cancellation);
        Log.Dropped(_logger, id);
        return true;
    }

    /// <summary>Sends one back to the events queue; false where there is no such one. A crash in between leaves it in both: twice is once.</summary>
    public async Task<bool> RedriveAsync(string id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is not { } message) return false;
        await _sqs.SendMessageAsync(ToEvent(message), cancellation);
        await _sqs.DeleteMessageAsync(_queues.DeadLetterQueueUrl, message.ReceiptHandle, cancellation);
        Log.Redriven(_logger, id);
        return true;
    }

    /// <summary>Has SQS move all of them back.</summary>
    /// <exception cref="ProblemException">409: it is at it already.</exception>
    public async Task StartRedriveAsync(CancellationToken cancellation)
    {
        // Explicit, because SQS knows the source only of what it moved here itself; most were sent here by a worker.
        var (source, destination) = (await ArnAsync(_queues.DeadLetterQueueUrl, cancellation), await ArnAsync(_queues.EventsQueueUrl, cancellation));
        if ((await TasksAsync(source, cancellation)).Any(task => task.Status is "RUNNING" or "CANCELLING"))
            throw new ProblemException(Kinds.RedriveRuns());
        await _sqs.StartMessageMoveTaskAsync(new StartMessageMoveTaskRequest { SourceArn = source, DestinationArn = destination }, cancellation);
        Log.RedriveStarted(_logger);
    }

    /// <summary>The redrives of the last days, newest first.</summary>
    public async Task<RedriveList> ProgressAsync(CancellationToken cancellation)
    {
        var tasks = await TasksAsync(await ArnAsync(_queues.DeadLetterQueueUrl, cancellation), cancellation);
        return new RedriveList([.. tasks.Select(RedriveProgress.Of)]);
    }

    private async Task<Message?> FindAsync(string id, CancellationToken cancellation)
    {
        Message? found = null;
        await _scan.RunAsync(
            message =>
            {
                if (message.MessageId == id) found = message;
                return found is null;
            },
            keepLast: true,
            cancellation);
        return found;
    }

    private SendMessageRequest ToEvent(Message message)
    {
        var isFifo = _queues.EventsQueueUrl.EndsWith(".fifo", StringComparison.Ordinal);
        return new SendMessageRequest
        {
            QueueUrl = _queues.EventsQueueUrl,
            MessageBody = message.Body,
            MessageGroupId = message.Attributes?.GetValueOrDefault("MessageGroupId"),
            MessageDeduplicationId = isFifo ? "redrive-" + message.MessageId : null,
        };
    }

    private async Task<IReadOnlyList<ListMessageMoveTasksResultEntry>> TasksAsync(string source, CancellationToken cancellation)
    {
        var answer = await _sqs.ListMessageMoveTasksAsync(new ListMessageMoveTasksRequest { SourceArn = source, MaxResults = 10 }, cancellation);
        return answer.Results ?? [];
    }

    private async Task<string> ArnAsync(string url, CancellationToken cancellation) =>
        (await _sqs.GetQueueAttributesAsync(url, ["QueueArn"], cancellation)).Attributes!["QueueArn"];

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Dropped dead letter {Id}")]
        public static partial void Dropped(ILogger logger, string id);

        [LoggerMessage(2, LogLevel.Information, "Sent dead letter {Id} back")]
        public static partial void Redriven(ILogger logger, string id);

        [LoggerMessage(3, LogLevel.Information, "SQS moves all dead letters back")]
        public static partial void RedriveStarted(ILogger logger);
    }
}
