using System.Diagnostics;
using Amazon.SQS.Model;
using SetGet.Benchmarks.Processes;
using SetGet.Benchmarks.Set;

namespace SetGet.Benchmarks.Drain;

/// <summary>What a consumer did, and what it cost.</summary>
/// <param name="PerSecond">Messages.</param>
/// <param name="Consumer">Processor time of its processes. Microseconds for a message, as of the two below.</param>
/// <param name="Redis">Processor time of redis-server.</param>
/// <param name="Sqs">Processor time of the local SQS.</param>
/// <param name="Busy">How much of the machine's processor time those used together, 0 to 1.</param>
internal sealed record DrainRate(double PerSecond, double Consumer, double Redis, double Sqs, double Busy);

/// <summary>Messages that wait, and the time that a consumer needs for the second half of them; the first half warms it.</summary>
/// <param name="backbone">Where they wait.</param>
/// <param name="store">Where they go; emptied before each time, so that all find it alike.</param>
internal sealed class Backlog(Backbone backbone, RedisNodes store)
{
    private const int AtOnce = 10;
    private static readonly List<string> Depth = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <exception cref="InvalidOperationException">The consumer took too long, or nothing of it is in Redis.</exception>
    internal async Task<DrainRate> DrainAsync(Consumer consumer, int messages, Func<int, string> message, CancellationToken cancellationToken)
    {
        var count = Math.Max(messages / consumer.OneIn / AtOnce, 1) * AtOnce;
        await backbone.PurgeAsync();
        await store.FlushAsync();
        await FillAsync(count, message, cancellationToken);
        var servers = await consumer.StartAsync(cancellationToken);
        try
        {
            using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            var rate = await MeasureAsync(servers, count, either.Token);
            return !consumer.Stores || await store.CountAsync() > 0 ? rate
                : throw new InvalidOperationException($"{consumer.Name} has taken the messages, and nothing is in Redis.");
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{consumer.Name} has not taken {count} messages within {Limit.TotalMinutes} minutes.", late);
        }
        finally
        {
            foreach (var server in servers) server.Dispose();
        }
    }

    /// <summary>Waits until the queue has no message any more, not even in flight.</summary>
    internal static Task EmptyAsync(Backbone backbone, CancellationToken cancellationToken) => UntilAsync(backbone, 0, cancellationToken);

    private async Task<DrainRate> MeasureAsync(IReadOnlyList<Server> servers, int count, CancellationToken cancellationToken)
    {
        var half = await UntilAsync(backbone, count / 2, cancellationToken);
        if (half == 0) throw new InvalidOperationException($"{count} messages were gone before they could be counted: take more (--messages).");
        var (began, before) = (Stopwatch.GetTimestamp(), Used(servers));
        await EmptyAsync(backbone, cancellationToken);
        var (seconds, after) = (Stopwatch.GetElapsedTime(began).TotalSeconds, Used(servers));
        var used = after.Zip(before, (a, b) => (a - b).TotalMicroseconds).ToArray();
        return new DrainRate(half / seconds, used[0] / half, used[1] / half, used[2] / half, used.Sum() / (seconds * 1e6 * Environment.ProcessorCount));
    }

    private TimeSpan[] Used(IReadOnlyList<Server> servers)
        => [servers.Aggregate(TimeSpan.Zero, (sum, server) => sum + server.ProcessorTime), store.ProcessorTime, backbone.Aws.ProcessorTime];

    // Answers how many there were when there were no more than that.
    private static async Task<int> UntilAsync(Backbone backbone, int left, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (true)
        {
            var answer = await backbone.Sqs.GetQueueAttributesAsync(backbone.QueueUrl, Depth, cancellationToken);
            var count = answer.ApproximateNumberOfMessages + answer.ApproximateNumberOfMessagesNotVisible;
            if (count <= left) return count;
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private Task FillAsync(int count, Func<int, string> message, CancellationToken cancellationToken)
        => Parallel.ForEachAsync(Enumerable.Range(0, count / AtOnce), cancellationToken, async (batch, token) =>
        {
            var entries = Enumerable.Range(batch * AtOnce, AtOnce).Select(i => new SendMessageBatchRequestEntry($"{i}", message(i)) { MessageGroupId = "acme" });
            await backbone.Sqs.SendMessageBatchAsync(backbone.QueueUrl, [.. entries], token);
        });
}
