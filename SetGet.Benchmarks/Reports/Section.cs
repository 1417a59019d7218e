using System.Text.Encodings.Web;
using System.Text.Json;

namespace SetGet.Benchmarks.Reports;

/// <summary>What one benchmark measured, and when. Kept round by round in <c>docs/benchmarks/NAME.json</c>: page and pictures are made of it.</summary>
/// <param name="Name">The name of its files, and of its place in the page.</param>
/// <param name="Title">What was compared; after a colon, how.</param>
internal sealed record Section(string Name, string Title, DateOnly Measured, int Cores, IReadOnlyList<Comparison> Comparisons)
{
    private const int Digits = 5;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { NewLine = "\n", WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "benchmarks");

    /// <summary>What was compared.</summary>
    internal string Heading => Title.Split(": ", 2)[0];

    /// <summary>How, or nothing.</summary>
    internal string Conditions => Title.Split(": ", 2) is [_, var conditions] ? conditions : "";

    internal int Rounds => Comparisons[0].FirstRounds.Count;

    internal void Save()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(FilePath(Name), JsonSerializer.Serialize(new Data(Title, Measured, Cores, [.. Comparisons.Select(Write)]), Json) + "\n");
    }

    /// <summary>A section that was measured before; null where its data is not there.</summary>
    internal static Section? Load(string name)
    {
        if (!File.Exists(FilePath(name))) return null;
        var data = JsonSerializer.Deserialize<Data>(File.ReadAllText(FilePath(name)), Json)!;
        return new Section(name, data.Title, data.Measured, data.Cores, [.. data.Comparisons.Select(Read)]);
    }

    private static string FilePath(string name) => Path.Combine(Folder, name + ".json");

    private static Row Write(Comparison c)
        => new(c.Figure, c.Unit, new Side(c.First, [.. c.FirstRounds.Select(Round)]), new Side(c.Second, [.. c.SecondRounds.Select(Round)]), c.Goal?.ToString());

    private static Comparison Read(Row row)
    {
        var comparison = new Comparison(row.Figure, row.Unit, row.First.Name, row.Second.Name, row.Goal is null ? null : Goal.Parse(row.Goal));
        foreach (var value in row.First.Rounds) comparison.Add(row.First.Name, value);
        foreach (var value in row.Second.Rounds) comparison.Add(row.Second.Name, value);
        return comparison;
    }

    private static double Round(double value)
        => value == 0 ? 0 : Math.Round(value, Math.Clamp(Digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15));

    private sealed record Data(string Title, DateOnly Measured, int Cores, Row[] Comparisons);

    private sealed record Row(string Figure, string Unit, Side First, Side Second, string? Goal);

    private sealed record Side(string Name, double[] Rounds);
}
