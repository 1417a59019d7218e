using Sqs.Engine;

namespace Sqs.Tests;

/// <summary>The rules of FIFO queues one by one, where the model says nothing.</summary>
public class FifoEngineTests
{
    [Fact]
    public async Task FifoGroup_EarlierMessageVisibleAgain_IsReceivedAloneWhileLaterIsInFlight()
    {
        await using var sqs = new EngineHarness();
        var queue = await sqs.CreateAsync("q.fifo", ("FifoQueue", "true"));
        for (var i = 1; i <= 3; i++) await sqs.SendAsync(queue, $"m{i}", "g", $"d{i}");
        var both = await sqs.ReceiveAsync(queue, maximum: 2);
        await sqs.ChangeAsync(queue, both[0].Handle, 0);
        Assert.Equal(["m1"], (await sqs.ReceiveAsync(queue)).ConvertAll(EngineHarness.Body));
        Assert.Empty(await sqs.ReceiveAsync(queue));
    }

    [Theory]
    [InlineData(0, new string[0])]
    [InlineData(1, new[] { "m1" })]
    [InlineData(2, new[] { "m1", "m2" })]
    public async Task FifoGroup_OneOfABatchStillInFlight_LocksWhatComesAfterIt(int extended, string[] expected)
    {
        await using var sqs = new EngineHarness();
        var queue = await sqs.CreateAsync("q.fifo", ("FifoQueue", "true"));
        for (var i = 1; i <= 4; i++) await sqs.SendAsync(queue, $"m{i}", "g", $"d{i}");
        var batch = await sqs.ReceiveAsync(queue, maximum: 3, visibility: 1);
        Assert.Empty(await sqs.ReceiveAsync(queue));
        await sqs.ChangeAsync(queue, batch[extended].Handle, 4);
        sqs.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(expected, (await sqs.ReceiveAsync(queue)).ConvertAll(EngineHarness.Body));
    }

    [Fact]
    public async Task FifoDeadLetter_HasItsMessageIdAsDeduplicationId()
    {
        await using var sqs = new EngineHarness();
        var dead = await sqs.CreateAsync("dead.fifo", ("FifoQueue", "true"));
        var policy = $$"""{"deadLetterTargetArn":"{{dead.Arn}}","maxReceiveCount":1}""";
        var queue = await sqs.CreateAsync("q.fifo", ("FifoQueue", "true"), ("RedrivePolicy", policy));
        var sent = await sqs.SendAsync(queue, "first", "g", "same");
        await sqs.ReceiveAsync(queue, visibility: 0);
        Assert.Empty(await sqs.ReceiveAsync(queue));
        // It was sent elsewhere: the dead-letter queue takes another message of that id.
        await sqs.SendAsync(dead, "second", "g", "same");
        var letters = await sqs.ReceiveAsync(dead);
        Assert.Equal([sent.MessageId.ToString(), "same"], letters.ConvertAll(letter => letter.Message.DeduplicationId));
    }

    [Fact]
    public async Task Deduplication_ByGroup_ComparesWithinTheGroupOnly()
    {
        await using var sqs = new EngineHarness();
        var queue = await sqs.CreateAsync(
            "q.fifo", ("FifoQueue", "true"), ("DeduplicationScope", "messageGroup"), ("FifoThroughputLimit", "perMessageGroupId"));
        var first = await sqs.SendAsync(queue, "a", "g1", "same");
        var again = await sqs.SendAsync(queue, "b", "g1", "same");
        var other = await sqs.SendAsync(queue, "c", "g2", "same");
        Assert.Equal((first.MessageId, first.Sequence), (again.MessageId, again.Sequence));
        Assert.True(other.Sequence > first.Sequence);
        Assert.Equal(2, queue.Messages.Count);
    }

    [Fact]
    public async Task ReceiveAttempt_Repeated_GivesTheSameHandles()
    {
        await using var sqs = new EngineHarness();
        var queue = await sqs.CreateAsync("q.fifo", ("FifoQueue", "true"));
        await sqs.SendAsync(queue, "x", "g", "d");
        var request = new ReceiveRequest(10, 30, "attempt");
        var first = await sqs.RunAsync(now => Receiver.Take(sqs.Engine, queue, request, now));
        var again = await sqs.RunAsync(now => Receiver.Take(sqs.Engine, queue, request, now));
        Assert.Equal(first[0].Handle, Assert.Single(again).Handle);
        await sqs.DeleteAsync(queue, first[0].Handle);
        Assert.Empty(await sqs.RunAsync(now => Receiver.Take(sqs.Engine, queue, request, now)));
    }
}
