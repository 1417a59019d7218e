using System.Text;
using System.Text.RegularExpressions;
using Spectre.Console;

namespace SetGet.Benchmarks.Reports;

/// <summary>Shows comparisons, and keeps them in <c>docs/results.md</c>: a section a benchmark, replaced by its next run.</summary>
internal static class Report
{
    private static readonly string FilePath = Path.Combine(Repository.Root, "docs", "results.md");

    internal static void Write(string section, string title, IReadOnlyList<Comparison> comparisons)
    {
        var table = new Table().AddColumns("figure", comparisons[0].First, comparisons[0].Second, "ratio", "lowest to highest");
        foreach (var row in comparisons.Select(Cells))
            table.AddRow(row.Select(Markup.Escape).ToArray());
        AnsiConsole.Write(table);
        Keep(section, Markdown(title, comparisons));
    }

    private static string[] Cells(Comparison c)
    => [
        c.Figure,
        $"{c.FirstMedian:N0} {c.Unit}",
        $"{c.SecondMedian:N0} {c.Unit}",
        $"{c.Ratio:0.00}",
        $"{c.Spread.Lowest:0.00} to {c.Spread.Highest:0.00}",
    ];

    private static string Markdown(string title, IReadOnlyList<Comparison> comparisons)
    {
        var text = new StringBuilder($"## {title}\n\n");
        text.Append($"| figure | {comparisons[0].First} | {comparisons[0].Second} | ratio | lowest to highest |\n|---|---|---|---|---|\n");
        foreach (var cells in comparisons.Select(Cells))
            text.Append($"| {string.Join(" | ", cells)} |\n");
        return text.ToString();
    }

    private static void Keep(string section, string content)
    {
        var text = File.Exists(FilePath) ? File.ReadAllText(FilePath) : "# Results\n";
        var block = $"<!-- {section} -->\n{content}<!-- /{section} -->\n";
        var known = new Regex($"<!-- {section} -->.*?<!-- /{section} -->\n", RegexOptions.Singleline, TimeSpan.FromSeconds(5));
        text = known.IsMatch(text) ? known.Replace(text, _ => block) : text.TrimEnd() + "\n\n" + block;
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, text);
    }
}
