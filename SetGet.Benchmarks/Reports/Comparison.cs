namespace SetGet.Benchmarks.Reports;

/// <summary>One figure of two targets, round by round. The ratio is the median of the rounds' ratios: first to second.</summary>
internal sealed class Comparison(string figure, string unit, string first, string second)
{
    private readonly List<double> _first = [];
    private readonly List<double> _second = [];

    internal string Figure { get; } = figure;

    internal string Unit { get; } = unit;

    internal string First { get; } = first;

    internal string Second { get; } = second;

    internal double FirstMedian => Median(_first);

    internal double SecondMedian => Median(_second);

    internal double Ratio => Median(Ratios());

    internal (double Lowest, double Highest) Spread => (Ratios().Min(), Ratios().Max());

    internal void Add(string target, double value) => (target == First ? _first : _second).Add(value);

    private List<double> Ratios() => [.. _first.Zip(_second, static (a, b) => a / b)];

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
