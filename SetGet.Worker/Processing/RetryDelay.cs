

namespace SetGet.Worker.Processing;

/// <summary>When a message that could not be stored comes again.</summary>
internal static class RetryDelay
{
    /// <summary>
    /// Doubles with each receive, plus up to a quarter at random, so that what failed together does not come back together. The random part
    /// is less than the step, so the delay grows every time until it is at its longest.
    /// </summary>
    public static TimeSpan After(int receiveCount, WorkerOptions options)
    {
        var doubled = options.RetrySeconds * Math.Pow(2, Math.Clamp(receiveCount, 1, 30) - 1);
        return TimeSpan.FromSeconds(Math.Min(doubled * (1 + (Random.Shared.NextDouble() / 4)), options.MaxRetrySeconds));
    }
}
