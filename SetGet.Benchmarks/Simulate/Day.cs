namespace SetGet.Benchmarks.Simulate;

/// <summary>What a minute of the day was like.</summary>
/// <param name="Arriving">Events a second.</param>
/// <param name="Waiting">Messages in the queue.</param>
/// <param name="AgeSeconds">Of the oldest.</param>
/// <param name="Tasks">That run.</param>
internal readonly record struct Minute(double Arriving, double Waiting, double AgeSeconds, int Tasks);

/// <summary>A day of events: a night, a working day with its peak, and a burst in the morning. The queue is a fluid: what is in it leaves in its order.</summary>
internal static class Day
{
    internal const int Minutes = 24 * 60;

    /// <summary>As many events as otherwise, while the burst lasts.</summary>
    internal const int BurstTimes = 3;

    private const int BurstBegins = 10 * 3600, BurstSeconds = 300, PeakHour = 14;
    private const double Night = 0.15;

    internal static string Description => $"the night has {Night:P0} of the peak, which is at {PeakHour}:00; a burst of {BurstTimes} times as much begins at "
        + $"{BurstBegins / 3600}:00 and lasts {BurstSeconds / 60} minutes";

    /// <param name="rules">How many tasks there are when.</param>
    /// <param name="peak">Events a second at the peak.</param>
    /// <param name="perTask">Events that a task stores a second.</param>
    /// <param name="startSeconds">That a task takes to start.</param>
    internal static List<Minute> Run(ScalingRules rules, double peak, double perTask, int startSeconds)
    {
        var fleet = new Fleet(rules, startSeconds);
        var day = new List<Minute>(Minutes);
        var arrivals = new Queue<(int Second, double Events)>();
        double waiting = 0, oldest = 0, sumWaiting = 0, sumBusy = 0;
        for (var second = 0; second < Minutes * 60; second++)
        {
            fleet.Tick(second);
            var arriving = Arriving(second, peak);
            if (arrivals.Count == 0) oldest = arriving;
            arrivals.Enqueue((second, arriving));
            var stored = Math.Min(waiting + arriving, fleet.Running * perTask);
            waiting = waiting + arriving - stored;
            oldest = Take(arrivals, oldest, stored);
            sumWaiting += waiting;
            sumBusy += stored / (fleet.Running * perTask) * 100;
            if (second % 60 != 59) continue;
            day.Add(new Minute(arriving, waiting, waiting < 1 || arrivals.Count == 0 ? 0 : second - arrivals.Peek().Second, fleet.Running));
            fleet.EndMinute(second, sumWaiting / 60, sumBusy / 60);
            (sumWaiting, sumBusy) = (0, 0);
        }

        return day;
    }

    private static double Arriving(int second, double peak)
    {
        var usual = Night + ((1 - Night) * Math.Pow(Math.Max(0, Math.Cos(((second / 3600.0) - PeakHour) * Math.PI / 18)), 2));
        return peak * usual * (second is >= BurstBegins and < BurstBegins + BurstSeconds ? BurstTimes : 1);
    }

    // How much of the oldest second is left after so much was stored.
    private static double Take(Queue<(int Second, double Events)> arrivals, double oldest, double stored)
    {
        while (arrivals.Count > 0 && oldest <= stored)
        {
            stored -= oldest;
            arrivals.Dequeue();
            oldest = arrivals.TryPeek(out var next) ? next.Events : 0;
        }

        return oldest - (arrivals.Count > 0 ? stored : 0);
    }
}
