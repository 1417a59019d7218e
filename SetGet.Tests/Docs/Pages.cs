using System.Text.RegularExpressions;

namespace SetGet.Tests.Docs;

/// <summary>The repository's pages: Markdown that people read.</summary>
internal static partial class Pages
{
    private static readonly string[] Elsewhere = ["bin", "obj", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>Every page, by its path from the root, with slashes.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = Find(new DirectoryInfo(Deploy.Templates.Root))
        .ToDictionary(file => Path.GetRelativePath(Deploy.Templates.Root, file.FullName).Replace('\\', '/'), file => File.ReadAllText(file.FullName).ReplaceLineEndings("\n"));

    /// <summary>What a page tells to type: a command each, its continued lines and what it quotes included.</summary>
    public static IEnumerable<string> Commands(string page)
        => (from block in Fence().Matches(page)
            from command in Command().Matches(block.Groups["code"].Value)
            select command.Value.Trim()).Concat(Indented().Matches(Prose(page)).Select(line => line.Groups["command"].Value));

    /// <summary>A page without its blocks of code.</summary>
    public static string Prose(string page) => Block().Replace(page, "");

    private static IEnumerable<FileInfo> Find(DirectoryInfo folder)
        => folder.EnumerateFiles("*.md").Concat(
            folder.EnumerateDirectories().Where(each => !Elsewhere.Contains(each.Name) && !each.Name.StartsWith('.')).SelectMany(Find));

    [GeneratedRegex("```(bash|sh|console|powershell)\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline, 1000)]
    private static partial Regex Block();

    /// <summary>A block by its indent, of whatever language: the lines that call .NET, perhaps with a variable before.</summary>
    [GeneratedRegex(@"^    (?<command>(\w+=\S+ )*dotnet [^\n]*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Indented();

    /// <summary>To the end of its line, unless that ends in a backslash or within single quotes; not a comment.</summary>
    [GeneratedRegex(@"^(?![#\s])('[^']*'|\\\n|[^'\n])+$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Command();
}
