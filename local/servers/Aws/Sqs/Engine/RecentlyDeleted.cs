namespace Aws.Sqs.Engine;

/// <summary>
/// The names of queues that were deleted within the last minute: SQS refuses to create them again so soon. Where this is not asked for,
/// they are free at once, which is what tests and developers want of a local server.
/// </summary>
internal sealed class RecentlyDeleted
{
    private const int Seconds = 60;
    private readonly Queue<(string Arn, long At)> _deleted = new();

    public void Add(SqsQueue queue, long now)
    {
        Expire(now);
        _deleted.Enqueue((queue.Arn, now));
    }

    /// <exception cref="SqsException">A queue of this ARN was deleted less than a minute ago.</exception>
    public void Check(string arn, long now)
    {
        Expire(now);
        if (_deleted.Any(queue => queue.Arn == arn))
        {
            throw new SqsException(
                SqsError.QueueDeletedRecently, $"You must wait {Seconds} seconds after deleting a queue before you can create another with the same name.");
        }
    }

    private void Expire(long now)
    {
        while (_deleted.TryPeek(out var oldest) && now - oldest.At >= Seconds * 1000L) _deleted.Dequeue();
    }
}
