using System.Diagnostics;

namespace SetGet.Benchmarks.Latency;

/// <summary>Times that were measured, one for each of so many events.</summary>
internal sealed class Samples(int count)
{
    private readonly double[] _microseconds = new double[count];

    internal void Set(int i, long began, long ended) => _microseconds[i] = Stopwatch.GetElapsedTime(began, ended).TotalMicroseconds;

    /// <summary>In microseconds; those of the first tenth, in which connections are made, do not count.</summary>
    internal double Percentile(double percent)
    {
        var sorted = _microseconds[(count / 10)..];
        Array.Sort(sorted);
        return sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
    }
}
