using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;

namespace SetGet.Core.Queues;

/// <summary>The two queues of SetGet, and the way back from the second to the first.</summary>
public sealed class EventQueues(IAmazonSQS sqs, IOptions<QueueOptions> options)
{
    private readonly IAmazonSQS _sqs = sqs;

    /// <summary>Where senders' events wait.</summary>
    public Queue Events { get; } = new Queue(sqs, options.Value.EventsQueueUrl);

    /// <summary>Where events go that cannot be stored.</summary>
    public Queue DeadLetters { get; } = new Queue(sqs, options.Value.DeadLetterQueueUrl);

    /// <summary>Has SQS move all dead letters back; false where it is at it already.</summary>
    public async Task<bool> StartRedriveAsync(CancellationToken cancellationToken)
    {
        var source = await DeadLetters.ArnAsync(cancellationToken);
        if ((await ListAsync(source, cancellationToken)).Any(task => task.Status is "RUNNING" or "CANCELLING")) return false;
        // The destination is named, because SQS knows the source only of what it moved itself; most were sent there by a worker.
        var request = new StartMessageMoveTaskRequest { SourceArn = source, DestinationArn = await Events.ArnAsync(cancellationToken) };
        await Queue.CallAsync(() => _sqs.StartMessageMoveTaskAsync(request, cancellationToken), cancellationToken);
        return true;
    }

    /// <summary>The redrives of the last days, newest first.</summary>
    public async Task<IReadOnlyList<RedriveProgress>> RedrivesAsync(CancellationToken cancellationToken)
        => await ListAsync(await DeadLetters.ArnAsync(cancellationToken), cancellationToken);

    private async Task<IReadOnlyList<RedriveProgress>> ListAsync(string source, CancellationToken cancellationToken)
    {
        var request = new ListMessageMoveTasksRequest { SourceArn = source, MaxResults = Queue.BatchSize };
        var answer = await Queue.CallAsync(() => _sqs.ListMessageMoveTasksAsync(request, cancellationToken), cancellationToken);
        return answer.Results is { } tasks ? tasks.ConvertAll(ToProgress) : [];
    }

    private static RedriveProgress ToProgress(ListMessageMoveTasksResultEntry task) => new(
        task.Status ?? "UNKNOWN",
        task.ApproximateNumberOfMessagesMoved ?? 0,
        task.ApproximateNumberOfMessagesToMove,
        task.StartedTimestamp is { } started ? DateTimeOffset.FromUnixTimeMilliseconds(started) : null,
        task.FailureReason);
}
