using System.Text.RegularExpressions;

namespace SetGet.Benchmarks.Simulate;

/// <summary><c>docs/scale.md</c>: what lies between the marks of a section is replaced, the text around them is written by hand.</summary>
internal static class ScalePage
{
    private static readonly string FilePath = Path.Combine(Repository.Root, "docs", "scale.md");

    /// <exception cref="InvalidOperationException">The page has no such section.</exception>
    internal static void Replace(string section, string content)
    {
        var text = File.ReadAllText(FilePath);
        var known = new Regex($"<!-- {section} -->.*?<!-- /{section} -->", RegexOptions.Singleline, TimeSpan.FromSeconds(5));
        if (!known.IsMatch(text)) throw new InvalidOperationException($"{FilePath} has no section <!-- {section} --> … <!-- /{section} -->.");
        File.WriteAllText(FilePath, known.Replace(text, _ => $"<!-- {section} -->\n{content}<!-- /{section} -->"));
    }

    internal static void WritePicture(string name, string svg)
    {
        var path = Path.Combine(Repository.Root, "docs", "images", "scale", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, svg);
    }

    /// <summary>In Markdown, without the last line's end.</summary>
    internal static string Table<T>(IReadOnlyList<string> head, IEnumerable<T> rows, Func<T, IReadOnlyList<string>> cells)
        => string.Join('\n', rows.Select(cells).Prepend([.. head.Select(_ => "---")]).Prepend(head).Select(row => $"| {string.Join(" | ", row)} |"));
}
