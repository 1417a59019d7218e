using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using SetGet.Core.Queues;
using SetGet.Tests.Core;
using SetGet.Worker.Telemetry;

namespace SetGet.Tests.Worker;

/// <summary>What a worker can say about the age of the oldest message, and that it says no more.</summary>
public sealed class OldestMessageTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ManualTime _time = new();
    private readonly WorkerMetrics _metrics;
    private readonly OldestMessage _oldest;
    private bool _isRedisAway;

    public OldestMessageTests()
    {
        _oldest = new OldestMessage(_time);
        _metrics = new WorkerMetrics(_services.GetRequiredService<IMeterFactory>(), _oldest, _time);
    }

    [Fact]
    public void Age_NothingKnown_IsMeasuredOnlyWhereTheQueueIsEmpty()
    {
        Assert.Empty(Measure());
        _metrics.Queue(new QueueSizes(3, 0, 0));
        Assert.Empty(Measure());
        _metrics.Queue(new QueueSizes(0, 1, 0));
        Assert.Empty(Measure());
        _metrics.Queue(new QueueSizes(0, 0, 5));
        Assert.Equal([0], Measure());
        _metrics.Queue(null);
        Assert.Empty(Measure());
    }

    [Fact]
    public void Age_OfWhatIsInHand_GrowsUntilItIsDone()
    {
        using (_oldest.Hold([Message(2), Message(5), Message(null)]))
        {
            Assert.Equal([5], Measure());
            _time.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal([15], Measure());
        }

        Assert.Empty(Measure());
    }

    [Fact]
    public void Age_OfWhatWasReceivedAndDone_IsToldOnce()
    {
        _oldest.Hold([Message(7)]).Dispose();
        _oldest.Hold([Message(3)]).Dispose();
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal([7], Measure());
        Assert.Empty(Measure());
    }

    [Fact]
    public void Age_OfWhatWasGivenBack_GrowsWhileRedisIsAway()
    {
        using (var batch = _oldest.Hold([Message(1), Message(4)]))
        {
            _isRedisAway = true;
            batch.GiveBack([Message(1), Message(4)], () => _isRedisAway);
        }

        Assert.Equal([4], Measure());
        _time.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal([104], Measure());
        _isRedisAway = false;
        Assert.Empty(Measure());
        _isRedisAway = true;
        Assert.Empty(Measure());
    }

    [Fact]
    public void Age_OfAMessageFromTheFuture_IsZero()
    {
        using var batch = _oldest.Hold([Message(-2)]);
        Assert.Equal([0], Measure());
    }

    public void Dispose() => _services.Dispose();

    private QueueMessage Message(int? secondsAgo)
        => new("id", "handle", "{}", 1, null, secondsAgo is { } seconds ? _time.GetUtcNow() - TimeSpan.FromSeconds(seconds) : null);

    // One collection, as an exporter makes it.
    private List<double> Measure()
    {
        var measured = new List<double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "setget.queue.oldest_message.age" && ReferenceEquals(instrument.Meter.Scope, _services.GetRequiredService<IMeterFactory>()))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => measured.Add(value));
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }
}
