using Sqs.Engine;

namespace Sqs.Tests;

public class MoveTaskTests
{
    [Fact]
    public async Task Redrive_KeepsIdTimeAndCount_AndNamesItsSource()
    {
        await using var sqs = new EngineHarness();
        var (queue, dead) = await PairAsync(sqs);
        var sent = await sqs.SendAsync(queue, "x");
        await FailAsync(sqs, queue);
        var letter = Assert.Single(await sqs.ReceiveAsync(dead));
        Assert.Equal(sent.MessageId, letter.Message.Id);
        Assert.Equal(2, letter.ReceiveCount);
        Assert.Equal(queue.Arn, letter.Message.DeadLetterSourceArn);
    }

    [Fact]
    public async Task MoveTask_WithoutDestination_SendsEachBackAnew()
    {
        await using var sqs = new EngineHarness();
        var (queue, dead) = await PairAsync(sqs);
        for (var i = 0; i < 250; i++) await sqs.SendAsync(queue, $"m{i}");
        await FailAsync(sqs, queue);
        Assert.Equal(250, dead.Messages.Visible);
        var task = await sqs.RunAsync(now => MoveTasks.Start(sqs.Engine, dead.Arn, null, null, now));
        Turn(sqs, TimeSpan.FromSeconds(1));
        Assert.Equal((MoveTaskStatus.Completed, 250L), (task.Status, task.Moved));
        Assert.Equal(250, queue.Messages.Visible);
        Assert.Equal(1, (await sqs.ReceiveAsync(queue))[0].ReceiveCount);
    }

    [Fact]
    public async Task MoveTask_WithRate_KeepsToItAndIsCancelled()
    {
        await using var sqs = new EngineHarness();
        var (queue, dead) = await PairAsync(sqs);
        for (var i = 0; i < 100; i++) await sqs.SendAsync(queue, $"m{i}");
        await FailAsync(sqs, queue);
        var task = await sqs.RunAsync(now => MoveTasks.Start(sqs.Engine, dead.Arn, queue.Arn, 5, now));
        Turn(sqs, TimeSpan.FromSeconds(4));
        Assert.InRange(task.Moved, 19, 21);
        var refused = await Assert.ThrowsAsync<SqsException>(() => sqs.RunAsync(now => MoveTasks.Start(sqs.Engine, dead.Arn, null, null, now)));
        Assert.Contains("There is already a task running", refused.Message);
        await sqs.RunAsync(_ => MoveTasks.Cancel(sqs.Engine, task.Handle));
        var moved = task.Moved;
        Turn(sqs, TimeSpan.FromSeconds(10));
        Assert.Equal((MoveTaskStatus.Cancelled, moved), (task.Status, task.Moved));
        Assert.Equal(100 - moved, dead.Messages.Count);
    }

    [Fact]
    public async Task MoveTasks_OfADeletedQueue_AreForgotten()
    {
        await using var sqs = new EngineHarness();
        var (queue, dead) = await PairAsync(sqs);
        for (var i = 0; i < 10; i++) await sqs.SendAsync(queue, $"m{i}");
        await FailAsync(sqs, queue);
        await sqs.RunAsync(now => MoveTasks.Start(sqs.Engine, dead.Arn, null, 1, now));
        await sqs.RunAsync(now =>
        {
            QueueRegistry.Delete(sqs.Engine, dead);
            return true;
        });
        var again = await sqs.CreateAsync("dead");
        Turn(sqs, TimeSpan.FromSeconds(5));
        Assert.Empty(await sqs.RunAsync(_ => MoveTasks.List(sqs.Engine, again.Arn, 10)));
    }

    private static async Task<(SqsQueue Queue, SqsQueue Dead)> PairAsync(EngineHarness sqs)
    {
        var dead = await sqs.CreateAsync("dead");
        var policy = $$"""{"deadLetterTargetArn":"{{dead.Arn}}","maxReceiveCount":1}""";
        return (await sqs.CreateAsync("queue", ("RedrivePolicy", policy)), dead);
    }

    /// <summary>Receives everything once without deleting it, and looks again.</summary>
    private static async Task FailAsync(EngineHarness sqs, SqsQueue queue)
    {
        while ((await sqs.ReceiveAsync(queue, visibility: 5)).Count > 0)
        {
        }

        Turn(sqs, TimeSpan.FromSeconds(6));
        Assert.Empty(await sqs.ReceiveAsync(queue));
    }

    /// <summary>Bit by bit: a task sets its next timer by the time at which the last one was called.</summary>
    private static void Turn(EngineHarness sqs, TimeSpan by)
    {
        for (var left = by; left > TimeSpan.Zero; left -= TimeSpan.FromMilliseconds(10)) sqs.Clock.Advance(TimeSpan.FromMilliseconds(10));
    }
}
