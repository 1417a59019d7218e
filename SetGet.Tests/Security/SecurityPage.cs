using SetGet.Tests.Deploy;

namespace SetGet.Tests.Security;

/// <summary>docs/security.md, and its tables.</summary>
internal static class SecurityPage
{
    public static string Text { get; } = File.ReadAllText(Path.Combine(Templates.Root, "docs", "security.md"));

    /// <summary>The cells of each row of the first table under a heading, without the table's head.</summary>
    public static IEnumerable<string[]> Table(string heading)
    {
        var lines = Text.ReplaceLineEndings("\n").Split('\n').SkipWhile(line => line != "## " + heading).SkipWhile(line => !line.StartsWith('|'));
        var rows = lines.TakeWhile(line => line.StartsWith('|')).Skip(2).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)).ToList();
        Assert.NotEmpty(rows);
        return rows;
    }
}
