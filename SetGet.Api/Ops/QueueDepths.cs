using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;
using SetGet.Api.Problems;
using SetGet.Core;

namespace SetGet.Api.Ops;

/// <summary>What SQS says of a queue; it counts approximately.</summary>
/// <param name="Visible">Messages that may be received.</param>
/// <param name="InFlight">Messages that were received and are neither deleted nor visible again.</param>
/// <param name="Delayed">Messages that are not yet due.</param>
internal sealed record QueueDepth(long Visible, long InFlight, long Delayed);

/// <summary>Asks SQS how deep the queues are.</summary>
internal sealed class QueueDepths
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly List<string> Names =
        ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"];

    private readonly IAmazonSQS _sqs;
    private readonly QueueOptions _queues;
    private readonly TimeProvider _time;

    public QueueDepths(IAmazonSQS sqs, IOptions<QueueOptions> queues, TimeProvider time)
    {
        _sqs = sqs;
        _queues = queues.Value;
        _time = time;
    }

    /// <summary>The event queue's depth and the dead-letter queue's.</summary>
    /// <exception cref="ProblemException">503: the queue service does not answer.</exception>
    public async Task<(QueueDepth Events, QueueDepth DeadLetters)> ReadAsync(CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            var depths = await Task.WhenAll(ReadAsync(_queues.EventsQueueUrl, either.Token), ReadAsync(_queues.DeadLetterQueueUrl, either.Token));
            return (depths[0], depths[1]);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new ProblemException(Kinds.Unavailable("The queue does not answer."));
        }
    }

    private async Task<QueueDepth> ReadAsync(string url, CancellationToken cancellation)
    {
        var answer = await _sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest { QueueUrl = url, AttributeNames = Names }, cancellation);
        return new QueueDepth(
            answer.ApproximateNumberOfMessages,
            answer.ApproximateNumberOfMessagesNotVisible,
            answer.ApproximateNumberOfMessagesDelayed);
    }
}
