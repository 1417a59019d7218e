namespace SetGet.Benchmarks.Simulate;

/// <summary>
/// One rule of AWS's target tracking, as its documentation and its alarms have it: out after three minutes above the target, in after fifteen minutes
/// below nine tenths of it; always to the number of tasks at which the figure would be at its target.
/// </summary>
internal sealed class TargetTracking(double target)
{
    private const int MinutesOut = 3, MinutesIn = 15;
    private const double InBelow = 0.9;

    private readonly Queue<double> _minutes = new();

    /// <summary>Takes the figure of a minute that is over.</summary>
    internal void Add(double figure)
    {
        _minutes.Enqueue(figure);
        if (_minutes.Count > MinutesIn) _minutes.Dequeue();
    }

    /// <summary>How many tasks it wants now; null: it is content with those that run, or does not know yet.</summary>
    internal int? Wanted(int running)
    {
        if (_minutes.Count >= MinutesOut && _minutes.TakeLast(MinutesOut).All(figure => figure > target)) return Proportional(running);
        if (_minutes.Count == MinutesIn && _minutes.All(figure => figure < InBelow * target)) return Math.Min(running, Proportional(running));
        return null;
    }

    private int Proportional(int running) => (int)Math.Min(100_000, Math.Ceiling(running * _minutes.Last() / target));
}
