using System.Globalization;
using System.Text;

namespace SetGet.Benchmarks.Simulate;

/// <summary>A line of a panel.</summary>
internal sealed record Line(string Name, IReadOnlyList<double> Values);

/// <summary>Lines over one axis; its scale begins at zero.</summary>
internal sealed record Panel(string Title, IReadOnlyList<Line> Lines);

/// <summary>Panels under each other over one axis, as SVG without scripts, in colours for light and dark pages.</summary>
internal sealed class Chart(string title, IReadOnlyList<string> axis)
{
    private const int Width = 860, Left = 70, Right = 36, PanelHeight = 130, Gap = 44, Top = 56, Ticks = 4;
    private static readonly string[] Classes = ["a", "b", "c", "d"];

    private const string Style = """
        <style>
        text { fill: #57606a; } .t { fill: #24292f; font-size: 14px; } .g { stroke: #8c959f; stroke-opacity: .3; }
        polyline { fill: none; stroke-width: 1.6; } .a { stroke: #0969da; } .b { stroke: #bc4c00; } .c { stroke: #1a7f37; } .d { stroke: #8250df; }
        @media (prefers-color-scheme: dark) {
        text { fill: #8b949e; } .t { fill: #e6edf3; } .a { stroke: #58a6ff; } .b { stroke: #f0883e; } .c { stroke: #3fb950; } .d { stroke: #bc8cff; }
        }
        </style>
        """;

    internal string Draw(IReadOnlyList<Panel> panels)
    {
        var height = Top + (panels.Count * (PanelHeight + Gap));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" role="img" font-family="system-ui, sans-serif" font-size="12">
            <title>{title}</title>
            {Style}
            <text class="t" x="{Left}" y="20">{title}</text>

            """);
        Legend(svg, panels.MaxBy(panel => panel.Lines.Count)!.Lines);
        for (var i = 0; i < panels.Count; i++) Draw(svg, panels[i], Top + (i * (PanelHeight + Gap)) + 20);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Legend(StringBuilder svg, IReadOnlyList<Line> lines)
    {
        if (lines.Count < 2) return;
        var x = Left;
        for (var i = 0; i < lines.Count; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<polyline class="{Classes[i]}" points="{x},38 {x + 20},38"/><text x="{x + 26}" y="42">{lines[i].Name}</text>""");
            x += 50 + (lines[i].Name.Length * 7);
        }

        svg.Append('\n');
    }

    private void Draw(StringBuilder svg, Panel panel, int top)
    {
        var bottom = top + PanelHeight;
        var most = Round(panel.Lines.Max(line => line.Values.Max()));
        svg.Append(CultureInfo.InvariantCulture, $"""<text class="t" x="{Left}" y="{top - 8}">{panel.Title}</text>""").Append('\n');
        for (var tick = 0; tick <= Ticks; tick++)
        {
            var y = bottom - (PanelHeight * tick / Ticks);
            svg.Append(CultureInfo.InvariantCulture, $"""<path class="g" d="M{Left} {y}H{Width - Right}"/><text x="{Left - 6}" y="{y + 4}" text-anchor="end">{most * tick / Ticks:#,0.##}</text>""");
        }

        for (var i = 0; i < axis.Count; i++)
        {
            var x = X(i, axis.Count);
            if (axis[i].Length > 0) svg.Append(CultureInfo.InvariantCulture, $"""<text x="{x:0.#}" y="{bottom + 16}" text-anchor="middle">{axis[i]}</text>""");
        }

        for (var i = 0; i < panel.Lines.Count; i++)
        {
            var values = panel.Lines[i].Values;
            var points = values.Select((value, at) => string.Create(
                CultureInfo.InvariantCulture, $"{X(at, values.Count):0.#},{bottom - (PanelHeight * value / most):0.#}"));
            svg.Append(CultureInfo.InvariantCulture, $"""<polyline class="{Classes[i]}" points="{string.Join(' ', points)}"/>""").Append('\n');
        }
    }

    private static double X(int at, int count) => Left + ((Width - Left - Right) * (double)at / Math.Max(1, count - 1));

    // The next of 1, 2, 4, 6, 8 and 10 with its zeros: four ticks of it are even numbers.
    private static double Round(double most)
    {
        if (most <= 0) return 1;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(most)));
        double[] steps = [1, 2, 4, 6, 8, 10];
        return steps.First(step => step * unit >= most) * unit;
    }
}
