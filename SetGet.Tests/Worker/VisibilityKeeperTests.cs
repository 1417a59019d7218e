using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SetGet.Core.Queues;
using SetGet.Worker.Polling;
using SetGet.Worker.Processing;

namespace SetGet.Tests.Worker;

/// <summary>Messages in work stay hidden for as long as the work takes.</summary>
public sealed class VisibilityKeeperTests
{
    private const string Queue = "http://localhost/000000000000/q";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly WorkerOptions Options = new() { VisibilitySeconds = 30, HeartbeatSeconds = 10 };
    private static readonly QueueMessage[] Batch = [new("1", "handle-1", "{}", 1, null, null), new("2", "handle-2", "{}", 1, null, null)];

    [Fact]
    public async Task Keeper_ExtendsTheWholeBatchAtEveryHeartbeat_AndNoMoreOnceItIsDone()
    {
        var clock = new FakeTimeProvider();
        await using var sqs = await ScriptedSqs.StartAsync();
        await using (Keep(sqs, clock))
        {
            Assert.Empty(sqs.Requests);
            await BeatAsync(sqs, clock, 1);
            await BeatAsync(sqs, clock, 2);
        }

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, sqs.Requests.Count);
        Assert.All(sqs.Requests, request =>
        {
            Assert.Equal("AmazonSQS.ChangeMessageVisibilityBatch", request.Headers["X-Amz-Target"]);
            var entries = request.Json["Entries"]!.AsArray();
            Assert.Equal(Batch.Select(m => m.ReceiptHandle), entries.Select(entry => (string?)entry!["ReceiptHandle"]));
            Assert.All(entries, entry => Assert.Equal(Options.VisibilitySeconds, (int)entry!["VisibilityTimeout"]!));
        });
    }

    [Fact]
    public async Task Keeper_AfterACallThatFailed_TriesAgainAtTheNextHeartbeat()
    {
        var clock = new FakeTimeProvider();
        await using var sqs = await ScriptedSqs.StartAsync(new ScriptedSqs.Answer("{}", 500));
        await using var keeper = Keep(sqs, clock);
        await BeatAsync(sqs, clock, 1);
        await BeatAsync(sqs, clock, 2);
        Assert.Equal(2, sqs.Requests.Count);
    }

    private static IAsyncDisposable Keep(ScriptedSqs sqs, FakeTimeProvider clock)
    {
        var urls = new QueueOptions { EventsQueueUrl = Queue, DeadLetterQueueUrl = Queue };
        var queues = new EventQueues(sqs.Client(config => config.MaxErrorRetry = 0), Microsoft.Extensions.Options.Options.Create(urls));
        return new VisibilityKeeper(queues, Microsoft.Extensions.Options.Options.Create(Options), clock, NullLogger<VisibilityKeeper>.Instance).Keep(Batch);
    }

    /// <summary>Turns the clock by a heartbeat and waits for its request. A tick while a call runs is kept by the timer.</summary>
    private static async Task BeatAsync(ScriptedSqs sqs, FakeTimeProvider clock, int requests)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        clock.Advance(TimeSpan.FromSeconds(Options.HeartbeatSeconds));
        while (sqs.Requests.Count < requests)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
