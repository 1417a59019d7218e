namespace Gateway.Velocity;

/// <summary>A cursor over the template's text, which knows where it stands for the sake of error messages.</summary>
internal abstract class Scanner(string text, Position origin, int depth)
{
    /// <summary>Deep enough for every sensible template, shallow enough for the stack.</summary>
    private const int MaxDepth = 100;

    public bool AtEnd => Index >= text.Length;

    public Position Position
    {
        get
        {
            var before = text.AsSpan(0, Math.Min(Index, text.Length));
            var lines = before.Count('\n');
            var column = before.Length - (before.LastIndexOf('\n') + 1);
            return new Position(origin.Line + lines, lines == 0 ? origin.Column + column : column + 1);
        }
    }

    protected int Index { get; set; }

    protected int Depth { get; private set; } = depth;

    protected char Current => Peek(0);

    public VelocityException Error(string problem) => new($"{Position}: {problem}.");

    protected char Peek(int ahead) => Index + ahead < text.Length ? text[Index + ahead] : '\0';

    protected string Slice(int start, int end) => text[start..end];

    protected bool TryTake(char expected)
    {
        if (AtEnd || Current != expected) return false;
        Index++;
        return true;
    }

    protected bool TryTake(string expected)
    {
        if (string.CompareOrdinal(text, Index, expected, 0, expected.Length) != 0) return false;
        Index += expected.Length;
        return true;
    }

    protected void Expect(char expected, string where)
    {
        if (!TryTake(expected)) throw Error($"'{expected}' expected {where}");
    }

    /// <summary>The same behind white space.</summary>
    protected bool TryTakeNext(char expected)
    {
        SkipWhitespace();
        return TryTake(expected);
    }

    protected void ExpectNext(char expected, string where)
    {
        SkipWhitespace();
        Expect(expected, where);
    }

    /// <summary>The text up to <paramref name="end"/>, and steps over it; null where it never comes.</summary>
    protected string? TakeUntil(string end)
    {
        var at = text.IndexOf(end, Index, StringComparison.Ordinal);
        if (at < 0) return null;
        var taken = text[Index..at];
        Index = at + end.Length;
        return taken;
    }

    protected string TakeWhile(Func<char, bool> isTaken)
    {
        var start = Index;
        while (!AtEnd && isTaken(Current)) Index++;
        return text[start..Index];
    }

    protected void SkipWhitespace() => TakeWhile(char.IsWhiteSpace);

    /// <summary>A directive takes the rest of its line with it where nothing but blanks follows.</summary>
    protected void SkipBlankRestOfLine()
    {
        var start = Index;
        TakeWhile(character => character is ' ' or '\t');
        if (!TryTake("\r\n") && !TryTake('\n') && !TryTake('\r')) Index = start;
    }

    protected bool AtIdentifier(int ahead = 0) => char.IsAsciiLetter(Peek(ahead)) || Peek(ahead) == '_';

    protected string TakeIdentifier() => TakeWhile(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-');

    /// <summary>Parses something that may hold others of its kind.</summary>
    protected T Nested<T>(Func<T> parse)
    {
        if (++Depth > MaxDepth) throw Error($"more than {MaxDepth} levels of nesting");
        var parsed = parse();
        Depth--;
        return parsed;
    }
}
