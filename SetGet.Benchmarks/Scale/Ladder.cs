using SetGet.Benchmarks.Reports;

namespace SetGet.Benchmarks.Scale;

/// <summary>One figure at several sizes, each against the first of them: a comparison for each, under one head.</summary>
internal sealed class Ladder(string figure, string unit, IReadOnlyList<string> sizes, Goal? goal = null)
{
    private const string ThisSize = "at this size";

    internal IReadOnlyList<Comparison> Comparisons { get; } =
        [.. sizes.Skip(1).Select(size => new Comparison($"{size}: {figure}", unit, ThisSize, sizes[0], goal))];

    internal void Add(string size, double value)
    {
        for (var i = 1; i < sizes.Count; i++)
        {
            if (size == sizes[i]) Comparisons[i - 1].Add(ThisSize, value);
            else if (size == sizes[0]) Comparisons[i - 1].Add(sizes[0], value);
        }
    }
}
