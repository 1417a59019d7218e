namespace Gateway.Velocity;

/// <summary>Expressions inside directives, arguments and indexes: operators by precedence, the loosest first.</summary>
internal sealed class ExpressionParser
{
    private static readonly (string Text, Operator Operator)[][] Levels =
    [
        [("||", Operator.Or), ("or", Operator.Or)],
        [("&&", Operator.And), ("and", Operator.And)],
        [("==", Operator.Equal), ("!=", Operator.NotEqual), ("eq", Operator.Equal), ("ne", Operator.NotEqual)],
        [
            ("<=", Operator.LessOrEqual), (">=", Operator.GreaterOrEqual), ("<", Operator.Less), (">", Operator.Greater),
            ("le", Operator.LessOrEqual), ("ge", Operator.GreaterOrEqual), ("lt", Operator.Less), ("gt", Operator.Greater),
        ],
        [("+", Operator.Add), ("-", Operator.Subtract)],
        [("*", Operator.Multiply), ("/", Operator.Divide), ("%", Operator.Remainder)],
    ];

    private readonly Scanner _scanner;

    public ExpressionParser(Scanner scanner) => _scanner = scanner;

    public Expression Parse()
    {
        _scanner.Enter();
        var expression = ParseLevel(0);
        _scanner.Leave();
        return expression;
    }

    /// <summary>Expressions between commas, up to and over <paramref name="end"/>.</summary>
    public IReadOnlyList<Expression> ParseItems(char end, string where)
    {
        var items = new List<Expression>();
        _scanner.SkipWhitespace();
        if (_scanner.TryTake(end)) return items;
        do
        {
            items.Add(Parse());
            _scanner.SkipWhitespace();
        }
        while (_scanner.TryTake(','));
        _scanner.Expect(end, where);
        return items;
    }

    private Expression ParseLevel(int level)
    {
        if (level == Levels.Length) return ParseUnary();
        var left = ParseLevel(level + 1);
        while (TryTakeOperator(Levels[level], out var found)) left = new BinaryExpression(found, left, ParseLevel(level + 1));
        return left;
    }

    private bool TryTakeOperator((string Text, Operator Operator)[] level, out Operator found)
    {
        _scanner.SkipWhitespace();
        foreach (var (text, candidate) in level)
        {
            if (!TryTakeWord(text)) continue;
            found = candidate;
            return true;
        }

        found = default;
        return false;
    }

    /// <summary>A word such as <c>or</c> must end where it ends; a sign needs nothing behind it.</summary>
    private bool TryTakeWord(string text)
    {
        var start = _scanner.Index;
        if (!_scanner.TryTake(text)) return false;
        if (!char.IsAsciiLetter(text[0]) || !(char.IsAsciiLetterOrDigit(_scanner.Current) || _scanner.Current == '_')) return true;
        _scanner.Index = start;
        return false;
    }

    private Expression ParseUnary()
    {
        _scanner.SkipWhitespace();
        if (_scanner.TryTake('!') || TryTakeWord("not")) return Nested(Operator.Not);
        if (_scanner.Current == '-' && !char.IsAsciiDigit(_scanner.Peek(1)) && _scanner.Peek(1) != '.')
        {
            _scanner.Index++;
            return Nested(Operator.Negate);
        }

        return new LiteralParser(_scanner, this).Parse();
    }

    private UnaryExpression Nested(Operator applied)
    {
        _scanner.Enter();
        var operand = ParseUnary();
        _scanner.Leave();
        return new UnaryExpression(applied, operand);
    }
}
