namespace SetGet.Core;

/// <summary>Something that a process does now and then for as long as it runs.</summary>
public static class Periodic
{
    /// <summary>Does it at once and again at every tick of the interval. A cancellation ends it quietly; whatever else it throws is the caller's.</summary>
    public static async Task RunAsync(TimeSpan interval, TimeProvider time, Func<CancellationToken, Task> run, CancellationToken stoppingToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            do await run(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }
}
