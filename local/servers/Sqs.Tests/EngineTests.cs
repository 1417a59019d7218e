using Sqs.Engine;

namespace Sqs.Tests;

/// <summary>The engine's rules one by one, where the model says nothing.</summary>
public class EngineTests
{
    [Fact]
    public async Task ChangeVisibility_BeyondTwelveHoursAfterReceive_IsRefused()
    {
        await using var sqs = new EngineHarness();
        var queue = await sqs.CreateAsync("q");
        await sqs.SendAsync(queue, "x");
        var received = Assert.Single(await sqs.ReceiveAsync(queue, visibility: 43_200));
        sqs.Clock.Advance(TimeSpan.FromSeconds(10));
        var refused = await Assert.ThrowsAsync<SqsException>(() => sqs.ChangeAsync(queue, received.Handle, 43_195));
        Assert.Contains("Total VisibilityTimeout for the message is beyond the limit [43200 seconds]", refused.Message);
        await sqs.ChangeAsync(queue, received.Handle, 43_190);
    }

    [Fact]
    public async Task ChangeVisibility_ToTheMaximumRightAfterReceive_IsTaken()
    {
        await using var sqs = new EngineHarness();
        var queue = await sqs.CreateAsync("q");
        await sqs.SendAsync(queue, "x");
        var received = Assert.Single(await sqs.ReceiveAsync(queue));
        sqs.Clock.Advance(TimeSpan.FromMilliseconds(900));
        await sqs.ChangeAsync(queue, received.Handle, 43_200);
        sqs.Clock.Advance(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAsync<SqsException>(() => sqs.ChangeAsync(queue, received.Handle, 43_200));
    }

    [Fact]
    public async Task StandardQueue_HandleOfAnEarlierReceive_DeletesNothingAndChangesVisibility()
    {
        await using var sqs = new EngineHarness();
        var queue = await sqs.CreateAsync("q");
        await sqs.SendAsync(queue, "x");
        var first = Assert.Single(await sqs.ReceiveAsync(queue, visibility: 1));
        sqs.Clock.Advance(TimeSpan.FromSeconds(2));
        var second = Assert.Single(await sqs.ReceiveAsync(queue, visibility: 100));
        Assert.NotEqual(first.Handle.ToString(), second.Handle.ToString());
        await sqs.DeleteAsync(queue, first.Handle);
        Assert.Equal(1, queue.Messages.Count);
        await sqs.ChangeAsync(queue, first.Handle, 0);
        var third = Assert.Single(await sqs.ReceiveAsync(queue));
        await sqs.DeleteAsync(queue, third.Handle);
        Assert.Equal(0, queue.Messages.Count);
    }

    [Fact]
    public async Task ChangeVisibility_OfReleasedMessage_IsNotInFlight()
    {
        await using var sqs = new EngineHarness();
        var queue = await sqs.CreateAsync("q");
        await sqs.SendAsync(queue, "x");
        var received = Assert.Single(await sqs.ReceiveAsync(queue));
        await sqs.ChangeAsync(queue, received.Handle, 0);
        var refused = await Assert.ThrowsAsync<SqsException>(() => sqs.ChangeAsync(queue, received.Handle, 5));
        Assert.Equal(SqsError.MessageNotInflight, refused.Error);
    }

    [Fact]
    public async Task FairQueue_NoisyGroup_DoesNotStarveOthers()
    {
        await using var sqs = new EngineHarness();
        var queue = await sqs.CreateAsync("q");
        for (var i = 0; i < 1000; i++) await sqs.SendAsync(queue, $"noisy {i}", "noisy");
        await sqs.SendAsync(queue, "quiet 1", "a");
        await sqs.SendAsync(queue, "quiet 2", "b");
        var first = (await sqs.ReceiveAsync(queue)).ConvertAll(EngineHarness.Body);
        Assert.Contains("quiet 1", first);
        Assert.Contains("quiet 2", first);
    }

    [Fact]
    public async Task InFlightLimit_StandardIsOverLimit_FifoIsEmpty()
    {
        await using var sqs = new EngineHarness();
        var queue = await sqs.CreateAsync("q");
        var fifo = await sqs.CreateAsync("q.fifo", ("FifoQueue", "true"));
        for (var i = 0; i <= Receiver.MaximumInFlight; i++)
        {
            await sqs.SendAsync(queue, "x");
            await sqs.SendAsync(fifo, "x", $"g{i}", $"d{i}");
        }

        for (var i = 0; i < Receiver.MaximumInFlight / 10; i++)
        {
            Assert.Equal(10, (await sqs.ReceiveAsync(queue)).Count);
            Assert.Equal(10, (await sqs.ReceiveAsync(fifo)).Count);
        }

        Assert.Empty(await sqs.ReceiveAsync(queue));
        Assert.Equal(SqsError.OverLimit, Assert.Throws<SqsException>(() => Receiver.CheckInFlight(queue)).Error);
        Assert.Empty(await sqs.ReceiveAsync(fifo));
        Receiver.CheckInFlight(fifo);
    }

    [Fact]
    public async Task Retention_Over_DropsMessagesInEveryState()
    {
        await using var sqs = new EngineHarness();
        var queue = await sqs.CreateAsync("q", ("MessageRetentionPeriod", "60"));
        await sqs.SendAsync(queue, "visible");
        await sqs.SendAsync(queue, "in flight");
        await sqs.ReceiveAsync(queue, maximum: 1, visibility: 600);
        sqs.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Empty(await sqs.ReceiveAsync(queue));
        Assert.Equal(0, queue.Messages.Count);
    }

    [Fact]
    public async Task LongPoll_MessageBecomesVisible_IsServedThen()
    {
        await using var sqs = new EngineHarness();
        var queue = await sqs.CreateAsync("q");
        await sqs.SendAsync(queue, "late", delay: 5);
        var waiter = await sqs.RunAsync(_ => new ReceiveWaiter(sqs.Engine, queue, new ReceiveRequest(1, null, null), 20));
        sqs.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(waiter.Outcome.IsCompleted);
        sqs.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("late", EngineHarness.Body(Assert.Single((await waiter.Outcome).Messages)));
    }

    [Fact]
    public async Task LongPolls_TenThousandIdle_EndEmptyInTime()
    {
        await using var sqs = new EngineHarness();
        var queue = await sqs.CreateAsync("q");
        var waiters = new List<ReceiveWaiter>();
        for (var i = 0; i < 10_000; i++)
            waiters.Add(await sqs.RunAsync(_ => new ReceiveWaiter(sqs.Engine, queue, new ReceiveRequest(10, null, null), 20)));
        sqs.Clock.Advance(TimeSpan.FromSeconds(19));
        Assert.DoesNotContain(waiters, waiter => waiter.Outcome.IsCompleted);
        sqs.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.All(waiters, waiter => Assert.Empty(waiter.Outcome.Result.Messages));
        Assert.Empty(queue.Waiters);
    }
}
