namespace SetGet.Benchmarks.Reports;

/// <summary>One figure of two targets, round by round. The ratio is the median of the rounds' ratios: first to second.</summary>
/// <param name="goal">What the ratio is to reach, where that was decided.</param>
internal sealed class Comparison(string figure, string unit, string first, string second, Goal? goal = null)
{
    private readonly List<double> _first = [];
    private readonly List<double> _second = [];

    internal string Figure { get; } = figure;

    internal string Unit { get; } = unit;

    internal string First { get; } = first;

    internal string Second { get; } = second;

    internal Goal? Goal { get; } = goal;

    internal IReadOnlyList<double> FirstRounds => _first;

    internal IReadOnlyList<double> SecondRounds => _second;

    internal double FirstMedian => Median(_first);

    internal double SecondMedian => Median(_second);

    internal double Ratio => Median(Ratios());

    internal (double Lowest, double Highest) Spread => (Ratios().Min(), Ratios().Max());

    internal void Add(string target, double value) => (target == First ? _first : _second).Add(value);

    /// <summary>A value with as many digits as mean something, and its unit.</summary>
    internal string Text(double value) => value switch
    {
        >= 100 => $"{value:N0} {Unit}",
        >= 10 => $"{value:0.0} {Unit}",
        _ => $"{value:0.00} {Unit}",
    };

    internal static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private List<double> Ratios() => [.. _first.Zip(_second, static (a, b) => a / b)];
}
