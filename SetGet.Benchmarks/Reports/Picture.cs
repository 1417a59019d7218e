using System.Globalization;
using System.Net;
using System.Text;

namespace SetGet.Benchmarks.Reports;

/// <summary>
/// A section as SVG, <c>docs/images/benchmarks/NAME.svg</c>: for each figure two bars, as long as the medians, with a whisker from the lowest round to the
/// highest. Figures have units of their own, so each pair of bars has a scale of its own. Colours follow the reader's light or dark theme.
/// </summary>
internal static class Picture
{
    private const int Width = 820;
    private const int BarsAt = 230;
    private const int BarsWidth = 420;
    private const int BarHeight = 16;
    private const int FigureHeight = 76;
    private const int Top = 8;

    private const string Style =
        """
        <style>
        text { font: 12px system-ui, -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; fill: #1f2328 }
        .figure { font-weight: 600 } .ratio { text-anchor: end; font-weight: 600 } .name { text-anchor: end }
        .first { fill: #0969da } .second { fill: #9aa4ae } .whisker { stroke: #1f2328; stroke-width: 1.5; fill: none }
        @media (prefers-color-scheme: dark) {
        text { fill: #e6edf3 } .first { fill: #4493f8 } .second { fill: #6e7681 } .whisker { stroke: #e6edf3 }
        }
        </style>

        """;

    internal static void Save(Section section)
    {
        var folder = Path.Combine(Repository.Root, "docs", "images", "benchmarks");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, section.Name + ".svg"), Svg(section));
    }

    /// <summary>The picture in words, for who cannot see it.</summary>
    private static string Describe(Section section)
        => $"{section.Heading}. " + string.Join("; ", section.Comparisons.Select(
            static c => $"{c.Figure}: {c.First} {c.Text(c.FirstMedian)}, {c.Second} {c.Text(c.SecondMedian)}, ratio {c.Ratio:0.00}"));

    private static string Svg(Section section)
    {
        var height = Top + (section.Comparisons.Count * FigureHeight);
        var svg = new StringBuilder(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"title\">\n");
        svg.Append($"<title id=\"title\">{WebUtility.HtmlEncode(Describe(section))}</title>\n").Append(Style);
        for (var i = 0; i < section.Comparisons.Count; i++)
            DrawFigure(svg, section.Comparisons[i], Top + (i * FigureHeight));
        return svg.Append("</svg>\n").ToString();
    }

    private static void DrawFigure(StringBuilder svg, Comparison c, int y)
    {
        var (lowest, highest) = c.Spread;
        var goal = c.Goal is null ? "" : $", goal {c.Goal.Verdict(c.Ratio)}";
        svg.Append($"<text class=\"figure\" x=\"8\" y=\"{y + 14}\">{WebUtility.HtmlEncode(c.Figure)}</text>");
        svg.Append($"<text class=\"ratio\" x=\"{Width - 8}\" y=\"{y + 14}\">ratio {c.Ratio:0.00} ({lowest:0.00} to {highest:0.00}){goal}</text>\n");
        var scale = BarsWidth / c.FirstRounds.Concat(c.SecondRounds).Max();
        DrawBar(svg, "first", c.First, c.Text(c.FirstMedian), c.FirstMedian, c.FirstRounds, scale, y + 22);
        DrawBar(svg, "second", c.Second, c.Text(c.SecondMedian), c.SecondMedian, c.SecondRounds, scale, y + 22 + BarHeight + 6);
    }

    private static void DrawBar(StringBuilder svg, string side, string name, string value, double median, IReadOnlyList<double> rounds, double scale, int y)
    {
        var middle = y + (BarHeight / 2);
        var (from, to) = (X(rounds.Min()), X(rounds.Max()));
        svg.Append($"<text class=\"name\" x=\"{BarsAt - 8}\" y=\"{y + 12}\">{WebUtility.HtmlEncode(name)}</text>");
        svg.Append($"<rect class=\"{side}\" x=\"{BarsAt}\" y=\"{y}\" width=\"{Number(median * scale)}\" height=\"{BarHeight}\" rx=\"2\"/>");
        svg.Append($"<path class=\"whisker\" d=\"M{from} {middle}H{to}M{from} {middle - 4}v8M{to} {middle - 4}v8\"/>");
        svg.Append($"<text x=\"{BarsAt + BarsWidth + 10}\" y=\"{y + 12}\">{WebUtility.HtmlEncode(value)}</text>\n");

        string X(double of) => Number(BarsAt + (of * scale));
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
