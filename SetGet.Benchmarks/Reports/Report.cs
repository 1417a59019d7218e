using Spectre.Console;

namespace SetGet.Benchmarks.Reports;

/// <summary>Shows comparisons, and keeps them: data, picture, and their section of <c>docs/benchmarks.md</c>, which the next run replaces.</summary>
internal static class Report
{
    /// <param name="section">The name of its files, and of its place in the page.</param>
    /// <param name="title">What was compared; after a colon, how.</param>
    internal static void Write(string section, string title, IReadOnlyList<Comparison> comparisons)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var measured = new Section(section, title, today, Environment.ProcessorCount, comparisons);
        Show(measured);
        measured.Save();
        // Of what was kept, so that making the page anew changes nothing.
        Page.Put(Section.Load(section)!);
    }

    private static void Show(Section section)
    {
        foreach (var group in Page.Groups(section))
        {
            var table = new Table().Title(Markup.Escape(section.Heading)).AddColumns([.. Page.Columns(group[0]).Select(Markup.Escape)]);
            foreach (var comparison in group)
                table.AddRow([.. Page.Cells(comparison).Select(Markup.Escape)]);
            AnsiConsole.Write(table);
        }
    }
}
