using System.Diagnostics;
using Amazon.SQS.Model;
using SetGet.Benchmarks.Processes;

namespace SetGet.Benchmarks.Set;

/// <summary>Messages that wait, and the time that a consumer needs for the second half of them.</summary>
internal sealed class Backlog(Backbone backbone, int messages)
{
    private const int Keys = 5_000;
    private const int AtOnce = 10;
    private static readonly List<string> Depth = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    internal async Task<(double PerSecond, double Microseconds)> DrainAsync(Consumer consumer, CancellationToken cancellationToken)
    {
        await backbone.PurgeAsync();
        await FillAsync(cancellationToken);
        using var server = await consumer.StartAsync($"http://127.0.0.1:{Server.FreePort()}");
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var half = await UntilAsync(messages / 2, either.Token);
        var (began, used) = (Stopwatch.GetTimestamp(), server.ProcessorTime);
        await UntilAsync(0, either.Token);
        return (half / Stopwatch.GetElapsedTime(began).TotalSeconds, (server.ProcessorTime - used).TotalMicroseconds / half);
    }

    // Answers how many there were when there were no more than that.
    private async Task<int> UntilAsync(int left, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        while (true)
        {
            var answer = await backbone.Sqs.GetQueueAttributesAsync(backbone.QueueUrl, Depth, cancellationToken);
            var count = answer.ApproximateNumberOfMessages + answer.ApproximateNumberOfMessagesNotVisible;
            if (count <= left) return count;
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await Parallel.ForEachAsync(Enumerable.Range(0, messages / AtOnce), cancellationToken, async (batch, token) =>
        {
            var entries = Enumerable.Range(batch * AtOnce, AtOnce).Select(i => new SendMessageBatchRequestEntry($"{i}", Message(now, i)) { MessageGroupId = "acme" });
            await backbone.Sqs.SendMessageBatchAsync(backbone.QueueUrl, [.. entries], token);
        });
    }

    private static string Message(long now, int i)
    {
        var set = $$"""{"accountId":"acme","flowId":"orders","webhookKeys":["order-{{i % Keys}}"],"data":{{SetStack.Data}}}""";
        return $$"""{"v":1,"id":"{{Guid.CreateVersion7()}}","acceptedAt":{{now}},"sender":"root","addedKeys":[],"set":{{set}}}""";
    }
}
