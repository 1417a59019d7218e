using System.Diagnostics;

namespace SetGet.Benchmarks.Latency;

/// <summary>
/// A load of so many a second that waits for nothing: each begins at its time, whatever became of those before it. A load that waits for answers
/// leaves out just those moments in which the server is slow.
/// </summary>
internal static class Pace
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <param name="begin">Gets the number and the time (of <see cref="Stopwatch"/>) at which it should begin, which may be a little ago.</param>
    internal static async Task RunAsync(double perSecond, int count, Func<int, long, Task> begin, CancellationToken cancellationToken)
    {
        var running = new Task[count];
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Tick, TimeProvider.System);
        for (var i = 0; i < count;)
        {
            var due = Math.Min(count, (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond) + 1);
            for (; i < due; i++) running[i] = begin(i, started + (long)(i / perSecond * Stopwatch.Frequency));
            if (i < count) await timer.WaitForNextTickAsync(cancellationToken);
        }

        await Task.WhenAll(running);
    }
}
