using System.Diagnostics.Metrics;
using SetGet.Core.Redis;

namespace SetGet.Core.Throughput;

/// <summary>What the operators' page shows per second. The numbers are indices into the counters of a process.</summary>
public enum ThroughputCounter
{
    /// <summary>Events that SetGet.Api answered 202 for. What the gateway accepts is first seen as <see cref="Received"/>.</summary>
    Accepted = 0,

    /// <summary>Messages that a worker received from the queue, repeated deliveries included.</summary>
    Received = 1,

    /// <summary>Events that a worker wrote to Redis, without duplicates.</summary>
    Stored = 2,

    /// <summary>Events that were handed to a reader: by get, events, take and the batch get.</summary>
    Read = 3,

    /// <summary>Messages that a worker moved to the dead-letter queue.</summary>
    DeadLettered = 4,
}

/// <summary>
/// Listens to the metrics of this process for the operators' page, which works where no telemetry back end is near. Once a second the sums move
/// to Redis, where the page reads them over all processes. To show another one: an instrument here, a <see cref="ThroughputCounter"/>, a letter
/// in <see cref="ThroughputStore"/>.
/// </summary>
internal sealed class ThroughputCounters : IReported, IDisposable
{
    internal const int CounterCount = 5;

    private const string Wait = "setget.queue.wait.duration";
    private const string Found = "setget.found";

    private static readonly Dictionary<string, ThroughputCounter> Counted = new(StringComparer.Ordinal)
    {
        ["setget.events.accepted"] = ThroughputCounter.Accepted,
        ["setget.receive.batch.size"] = ThroughputCounter.Received,
        ["setget.events.stored"] = ThroughputCounter.Stored,
        ["setget.reads"] = ThroughputCounter.Read,
        ["setget.events.taken"] = ThroughputCounter.Read,
        ["setget.events.dead_lettered"] = ThroughputCounter.DeadLettered,
    };

    private readonly ThroughputStore _store;
    private readonly TimeProvider _time;
    private readonly MeterListener _listener = new();
    private readonly long[] _counts = new long[CounterCount];
    private long _longestWaitMs = -1;

    /// <param name="meters">The process's: a process of tests holds several.</param>
    public ThroughputCounters(IMeterFactory meters, ThroughputStore store, TimeProvider time)
    {
        _store = store;
        _time = time;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!ReferenceEquals(instrument.Meter.Scope, meters)) return;
            if (Counted.TryGetValue(instrument.Name, out var counter)) listener.EnableMeasurementEvents(instrument, counter);
            else if (instrument.Name == Wait) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, number, tags, counter) => Add((ThroughputCounter)counter!, number, tags));
        _listener.SetMeasurementEventCallback<int>((_, number, tags, counter) => Add((ThroughputCounter)counter!, number, tags));
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => Waited(seconds));
        _listener.Start();
    }

    /// <summary>While Redis does not answer the counts are dropped: they are for a glance, and adding them later would show a peak that never was.</summary>
    public Task ReportAsync(CancellationToken cancellationToken)
    {
        var delta = TakeDelta();
        // What was counted belongs to the second before the present one.
        return delta.IsEmpty ? Task.CompletedTask : _store.AddAsync(_time.GetUtcNow().ToUnixTimeSeconds() - 1, delta, cancellationToken);
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>Takes what was counted since the last call, and starts again from zero.</summary>
    internal ThroughputDelta TakeDelta()
    {
        var counts = new long[CounterCount];
        for (var i = 0; i < CounterCount; i++) counts[i] = Interlocked.Exchange(ref _counts[i], 0);
        var wait = Interlocked.Exchange(ref _longestWaitMs, -1);
        return new ThroughputDelta(counts, wait < 0 ? null : wait);
    }

    private void Add(ThroughputCounter counter, long number, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // A read that found nothing handed nothing out.
        if (tags.Length == 1 && tags[0] is { Key: Found, Value: false }) return;
        Interlocked.Add(ref _counts[(int)counter], number);
    }

    private void Waited(double seconds)
    {
        var ms = (long)(seconds * 1000);
        var seen = Volatile.Read(ref _longestWaitMs);
        while (ms > seen)
        {
            var before = Interlocked.CompareExchange(ref _longestWaitMs, ms, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}

/// <summary>What a process counted since its last report; the wait is in milliseconds, null where nothing was received.</summary>
internal sealed record ThroughputDelta(long[] Counts, long? LongestWaitMs)
{
    public bool IsEmpty => LongestWaitMs is null && Array.TrueForAll(Counts, count => count == 0);
}
