namespace SetGet.Core.Stats;

/// <summary>What the operators' page shows per second. The numbers are indices into the counters of a process.</summary>
public enum FlowCounter
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
/// The counters of this process for the operators' page. Counting is one interlocked addition; once a second
/// a background service moves the counts to Redis, where the page reads the sum over all processes.
/// Telemetry has its own, finer instruments: these are for where no telemetry back end is near.
/// </summary>
public sealed class FlowStats
{
    internal const int CounterCount = 5;

    private readonly long[] _counts = new long[CounterCount];
    private long _longestWaitMs = -1;

    /// <summary>Counts <paramref name="number"/> events.</summary>
    public void Add(FlowCounter counter, long number = 1) => Interlocked.Add(ref _counts[(int)counter], number);

    /// <summary>Notes how long a message had waited when a worker received it: now less SQS's <c>SentTimestamp</c>.</summary>
    public void Waited(TimeSpan wait)
    {
        var ms = Math.Max(0, (long)wait.TotalMilliseconds);
        var seen = Volatile.Read(ref _longestWaitMs);
        while (ms > seen)
        {
            var before = Interlocked.CompareExchange(ref _longestWaitMs, ms, seen);
            if (before == seen) return;
            seen = before;
        }
    }

    /// <summary>Takes what was counted since the last call, and starts again from zero.</summary>
    internal FlowDelta TakeDelta()
    {
        var counts = new long[CounterCount];
        for (var i = 0; i < CounterCount; i++) counts[i] = Interlocked.Exchange(ref _counts[i], 0);
        var wait = Interlocked.Exchange(ref _longestWaitMs, -1);
        return new FlowDelta(counts, wait < 0 ? null : wait);
    }
}

/// <summary>What a process counted since its last report; the wait is in milliseconds, null where nothing was received.</summary>
internal sealed record FlowDelta(long[] Counts, long? LongestWaitMs)
{
    public bool IsEmpty => LongestWaitMs is null && Array.TrueForAll(Counts, count => count == 0);
}
