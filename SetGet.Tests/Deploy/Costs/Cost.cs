using System.Globalization;

namespace SetGet.Tests.Deploy.Costs;

/// <summary>One row of a table of costs.</summary>
/// <param name="Arithmetic">How <paramref name="Dollars"/> is computed, for the reader to do again.</param>
/// <param name="Dollars">Null where another table has it.</param>
/// <param name="UpTo">The dollars are the most that it can be.</param>
internal sealed record Cost(string What, string Arithmetic, decimal? Dollars, bool UpTo = false)
{
    public override string ToString()
        => Dollars is { } dollars ? $"| {What} | {Arithmetic} | {(UpTo ? "up to " : "")}{Text(dollars)} |" : $"| {What} | {Arithmetic} | |";

    /// <summary>An amount as the page writes it: in cents.</summary>
    public static string Text(decimal dollars) => dollars.ToString("0.00", CultureInfo.InvariantCulture);
}
