using System.Text;
using System.Text.RegularExpressions;

namespace SetGet.Benchmarks.Reports;

/// <summary>
/// <c>docs/benchmarks.md</c>: what people wrote stays; the summary, and between its two comments the section of each benchmark, are made of what was measured.
/// </summary>
internal static partial class Page
{
    private const string Summary = "summary";
    private static readonly string FilePath = Path.Combine(Repository.Root, "docs", "benchmarks.md");

    /// <summary>Writes a section in its place, or as the last one, and the summary anew.</summary>
    internal static void Put(Section section)
    {
        Picture.Save(section);
        var text = Replace(File.Exists(FilePath) ? File.ReadAllText(FilePath) : $"# Benchmarks\n\n{Block(Summary, "")}", section.Name, Markdown(section));
        var measured = SectionMark().Matches(text).Select(mark => Section.Load(mark.Groups["name"].Value)).OfType<Section>();
        File.WriteAllText(FilePath, Replace(text, Summary, SummaryOf(measured)));
    }

    /// <summary>Makes all sections anew of the data that is there: after a merge, or when the page is to look different.</summary>
    internal static void Refresh()
    {
        foreach (var mark in SectionMark().Matches(File.ReadAllText(FilePath)).Cast<Match>())
            if (Section.Load(mark.Groups["name"].Value) is { } section) Put(section);
    }

    /// <summary>Comparisons of the same two, which make one table.</summary>
    internal static IEnumerable<List<Comparison>> Groups(Section section)
        => section.Comparisons.GroupBy(static c => (c.First, c.Second)).Select(static group => group.ToList());

    internal static string[] Columns(Comparison c) => ["figure", c.First, c.Second, "ratio", "lowest to highest", "goal"];

    internal static string[] Cells(Comparison c)
    => [
        c.Figure,
        c.Text(c.FirstMedian),
        c.Text(c.SecondMedian),
        $"{c.Ratio:0.00}",
        $"{c.Spread.Lowest:0.00} to {c.Spread.Highest:0.00}",
        c.Goal?.Verdict(c.Ratio) ?? "",
    ];

    private static string Markdown(Section section)
    {
        var text = new StringBuilder($"<a id=\"{section.Name}\"></a>\n## {section.Heading}\n\n");
        var rounds = $"{section.Rounds} {(section.Rounds == 1 ? "round" : "rounds")}, {section.Cores} cores, {section.Measured:yyyy-MM-dd}.";
        text.Append(section.Conditions.Length > 0 ? $"{char.ToUpperInvariant(section.Conditions[0])}{section.Conditions[1..]}. {rounds}\n\n" : rounds + "\n\n");
        text.Append($"![{Alternative(section)}](images/benchmarks/{section.Name}.svg)\n");
        foreach (var group in Groups(section))
            text.Append('\n').Append(Table(Columns(group[0]), group.Select(Cells)));
        return text.ToString();
    }

    /// <summary>The picture in few words, for who cannot see it: the table below it has the figures.</summary>
    private static string Alternative(Section section)
        => $"{section.Heading}, medians and spans. Ratios: {string.Join("; ", section.Comparisons.Select(static c => $"{c.Figure} {c.Ratio:0.00}"))}";

    /// <summary>Whatever has a goal, and the first figure of a section that has none.</summary>
    private static string SummaryOf(IEnumerable<Section> sections)
    {
        var rows =
            from section in sections
            from c in section.Comparisons
            where c.Goal is not null || (c == section.Comparisons[0] && section.Comparisons.All(static other => other.Goal is null))
            select new[] { $"[{section.Heading}](#{section.Name})", c.Figure, c.First, c.Second, $"{c.Ratio:0.00}", c.Goal?.Verdict(c.Ratio) ?? "" };
        return Table(["work", "figure", "measured", "peer", "ratio", "goal"], rows);
    }

    private static string Table(string[] columns, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder($"| {string.Join(" | ", columns)} |\n|{string.Concat(Enumerable.Repeat("---|", columns.Length))}\n");
        foreach (var cells in rows)
            text.Append($"| {string.Join(" | ", cells.Select(static cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n");
        return text.ToString();
    }

    private static string Replace(string page, string name, string content)
    {
        var known = new Regex($"<!-- {name} -->.*?<!-- /{name} -->\n", RegexOptions.Singleline, TimeSpan.FromSeconds(5));
        return known.IsMatch(page) ? known.Replace(page, _ => Block(name, content)) : page.TrimEnd() + "\n\n" + Block(name, content);
    }

    private static string Block(string name, string content) => $"<!-- {name} -->\n{content}<!-- /{name} -->\n";

    [GeneratedRegex("^<!-- (?<name>[a-z0-9-]+) -->$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex SectionMark();
}
