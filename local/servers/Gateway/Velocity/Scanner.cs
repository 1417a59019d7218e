namespace Gateway.Velocity;

/// <summary>A cursor over the template's text, which knows where it stands for the sake of error messages.</summary>
internal sealed class Scanner
{
    /// <summary>Deep enough for every sensible template, shallow enough for the stack.</summary>
    private const int MaxDepth = 100;
    private readonly string _text;
    private readonly Position _origin;
    private int _depth;

    public Scanner(string text, Position origin, int depth = 0)
    {
        _text = text;
        _origin = origin;
        _depth = depth;
    }

    public int Index { get; set; }

    public int Depth => _depth;

    public bool AtEnd => Index >= _text.Length;

    public char Current => Peek(0);

    public char Peek(int ahead) => Index + ahead < _text.Length ? _text[Index + ahead] : '\0';

    public string Slice(int start, int end) => _text[start..end];

    public bool TryTake(char expected)
    {
        if (AtEnd || Current != expected) return false;
        Index++;
        return true;
    }

    public bool TryTake(string expected)
    {
        if (string.CompareOrdinal(_text, Index, expected, 0, expected.Length) != 0) return false;
        Index += expected.Length;
        return true;
    }

    public void Expect(char expected, string where)
    {
        if (!TryTake(expected)) throw Error($"'{expected}' expected {where}");
    }

    /// <summary>The text up to <paramref name="end"/>, and steps over it; null where it never comes.</summary>
    public string? TakeUntil(string end)
    {
        var at = _text.IndexOf(end, Index, StringComparison.Ordinal);
        if (at < 0) return null;
        var taken = _text[Index..at];
        Index = at + end.Length;
        return taken;
    }

    public void SkipWhitespace()
    {
        while (!AtEnd && char.IsWhiteSpace(Current)) Index++;
    }

    /// <summary>A directive takes the rest of its line with it where nothing but blanks follows.</summary>
    public void SkipBlankRestOfLine()
    {
        var ahead = 0;
        while (Peek(ahead) is ' ' or '\t') ahead++;
        if (Peek(ahead) == '\r' && Peek(ahead + 1) == '\n') Index += ahead + 2;
        else if (Peek(ahead) is '\n' or '\r') Index += ahead + 1;
    }

    public bool AtIdentifier(int ahead = 0) => char.IsAsciiLetter(Peek(ahead)) || Peek(ahead) == '_';

    public string TakeIdentifier()
    {
        var start = Index;
        while (char.IsAsciiLetterOrDigit(Current) || Current is '_' or '-') Index++;
        return _text[start..Index];
    }

    public void Enter()
    {
        if (++_depth > MaxDepth) throw Error($"more than {MaxDepth} levels of nesting");
    }

    public void Leave() => _depth--;

    public Position Position
    {
        get
        {
            var before = _text.AsSpan(0, Math.Min(Index, _text.Length));
            var lines = before.Count('\n');
            var column = before.Length - (before.LastIndexOf('\n') + 1);
            return new Position(_origin.Line + lines, lines == 0 ? _origin.Column + column : column + 1);
        }
    }

    public VelocityException Error(string problem) => new($"{Position}: {problem}.");
}
