using System.Globalization;

namespace SetGet.Benchmarks.Reports;

/// <summary>What a ratio is to reach: <c>at least 1.2</c>, or <c>at most 1.5</c>.</summary>
internal sealed class Goal
{
    private const string Least = "at least ";
    private const string Most = "at most ";

    private readonly bool _isLowest;
    private readonly double _bound;

    private Goal(bool isLowest, double bound)
    {
        _isLowest = isLowest;
        _bound = bound;
    }

    internal static Goal AtLeast(double ratio) => new(isLowest: true, ratio);

    internal static Goal AtMost(double ratio) => new(isLowest: false, ratio);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    internal static Goal Parse(string text)
        => text.StartsWith(Least, StringComparison.Ordinal) ? AtLeast(Number(text[Least.Length..]))
        : text.StartsWith(Most, StringComparison.Ordinal) ? AtMost(Number(text[Most.Length..]))
        : throw new FormatException($"'{text}' is no goal; one is '{Least}1.2' or '{Most}1.5'.");

    /// <summary>Judges the two decimals that the reader sees.</summary>
    internal bool IsReached(double ratio) => _isLowest ? Math.Round(ratio, 2) >= _bound : Math.Round(ratio, 2) <= _bound;

    /// <summary>The goal, and what became of it.</summary>
    internal string Verdict(double ratio) => $"{this}: {(IsReached(ratio) ? "reached" : "not reached")}";

    public override string ToString() => (_isLowest ? Least : Most) + _bound.ToString("0.0#", CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
