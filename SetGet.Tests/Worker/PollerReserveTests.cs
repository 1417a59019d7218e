using SetGet.Core.Queues;
using SetGet.Worker.Polling;

namespace SetGet.Tests.Worker;

/// <summary>Which pollers receive.</summary>
public sealed class PollerReserveTests
{
    private const int Pollers = 4;

    [Fact]
    public void Reserve_HasAllButTwo()
        => Assert.Equal([false, false, true, true], Enumerable.Range(0, Pollers).Select(PollerReserve.Has));

    [Fact]
    public async Task FullBatch_WakesOne_WhichWakesTheNext()
    {
        using var reserve = new PollerReserve(Pollers);
        var (one, other) = (reserve.SleepAsync(CancellationToken.None), reserve.SleepAsync(CancellationToken.None));

        Assert.True(reserve.Note(Batch(Queue.BatchSize)));
        await one;
        Assert.False(other.IsCompleted);

        Assert.True(reserve.Note(Batch(Queue.BatchSize)));
        await other;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Queue.BatchSize - 1)]
    public async Task BatchThatIsNotFull_WakesNobody_AndLetsItsPollerSleep(int messages)
    {
        using var reserve = new PollerReserve(Pollers);
        using var stopping = new CancellationTokenSource();
        var sleeping = reserve.SleepAsync(stopping.Token);

        Assert.False(reserve.Note(Batch(messages)));
        Assert.False(sleeping.IsCompleted);

        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sleeping);
    }

    [Fact]
    public async Task FullBatches_WhileNobodySleeps_WakeOneLater()
    {
        using var reserve = new PollerReserve(Pollers);
        for (var i = 0; i < 3 * Pollers; i++) Assert.True(reserve.Note(Batch(Queue.BatchSize)));

        await reserve.SleepAsync(CancellationToken.None);
        Assert.False(reserve.SleepAsync(CancellationToken.None).IsCompleted);
    }

    private static QueueMessage[] Batch(int messages) => [.. Enumerable.Range(0, messages).Select(i => new QueueMessage($"{i}", $"handle-{i}", "{}", 1, null, null))];
}
