namespace Sqs.Engine;

/// <summary>
/// What SQS refuses for a minute: to create a queue of a deleted queue's name, and to purge a queue a second time. A local server does not,
/// unless it is asked to: tests and developers delete, create and purge as they go, and their suites expect it of an emulator.
/// </summary>
internal sealed class MinuteLimits
{
    private const int Seconds = 60;
    private readonly Queue<(string Arn, long At)> _deleted = new();

    public void Deleted(SqsQueue queue, long now)
    {
        Expire(now);
        _deleted.Enqueue((queue.Arn, now));
    }

    /// <exception cref="SqsException">A queue of this ARN was deleted less than a minute ago.</exception>
    public void CheckName(string arn, long now)
    {
        Expire(now);
        if (_deleted.Any(queue => queue.Arn == arn))
        {
            throw new SqsException(
                SqsError.QueueDeletedRecently, $"You must wait {Seconds} seconds after deleting a queue before you can create another with the same name.");
        }
    }

    /// <exception cref="SqsException">The queue was purged less than a minute ago.</exception>
    public static void CheckPurge(SqsQueue queue, long now)
    {
        if (queue.PurgedAt > 0 && now - queue.PurgedAt < Seconds * 1000L)
        {
            throw new SqsException(
                SqsError.PurgeInProgress, $"Only one PurgeQueue operation on {queue.Name} is allowed every {Seconds} seconds.");
        }
    }

    private void Expire(long now)
    {
        while (_deleted.TryPeek(out var oldest) && now - oldest.At >= Seconds * 1000L) _deleted.Dequeue();
    }
}
