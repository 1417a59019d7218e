namespace Gateway.Velocity;

/// <summary>The words behind a <c>#</c> that mean something, bare (<c>#else</c>) or in braces (<c>#{else}</c>).</summary>
internal static class Directives
{
    private static readonly HashSet<string> Known =
        ["set", "if", "elseif", "else", "end", "foreach", "break", "stop", "macro", "parse", "include", "evaluate", "define"];

    /// <summary>What API Gateway has no use for: a template is one text, which brings all of itself.</summary>
    public static readonly IReadOnlySet<string> Refused =
        new HashSet<string>(["macro", "parse", "include", "evaluate", "define"], StringComparer.Ordinal);

    /// <summary>The directive that stands here, or null where the hash is plain text.</summary>
    public static string? Peek(Scanner scanner)
    {
        if (scanner.Current != '#') return null;
        var start = scanner.Index++;
        var braced = scanner.TryTake('{');
        var word = TakeWord(scanner);
        var whole = !braced || scanner.Current == '}';
        scanner.Index = start;
        return whole && Known.Contains(word) ? word : null;
    }

    public static bool AtBlockEnd(Scanner scanner) => Peek(scanner) is "elseif" or "else" or "end";

    /// <summary>Steps over the directive's word, with its hash and braces.</summary>
    public static void Take(Scanner scanner)
    {
        scanner.Index++;
        var braced = scanner.TryTake('{');
        TakeWord(scanner);
        if (braced) scanner.Expect('}', "behind the directive");
    }

    private static string TakeWord(Scanner scanner)
    {
        var start = scanner.Index;
        while (char.IsAsciiLetterOrDigit(scanner.Current) || scanner.Current == '_') scanner.Index++;
        return scanner.Slice(start, scanner.Index);
    }
}
