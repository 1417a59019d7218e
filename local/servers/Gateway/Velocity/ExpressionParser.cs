namespace Gateway.Velocity;

/// <summary>References, and expressions inside directives, arguments and indexes: operators by precedence, the loosest first.</summary>
internal abstract partial class ExpressionParser(string text, Position origin, int depth) : Scanner(text, origin, depth)
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

    protected Expression ParseExpression() => Nested(() => ParseLevel(0));

    /// <summary>
    /// <c>$name.path</c>, <c>${name.path}</c> and their quiet forms <c>$!name</c>, <c>$!{name}</c>; null, and nothing taken, where the dollar
    /// is plain text.
    /// </summary>
    protected Reference? TryParseReference()
    {
        var start = Index;
        var at = Position;
        if (!TryTake('$')) return null;
        var quiet = TryTake('!');
        var formal = TryTake('{');
        if (!AtIdentifier())
        {
            Index = start;
            return null;
        }

        var name = TakeIdentifier();
        var path = new List<Accessor>();
        while (TryParseAccessor() is { } accessor) path.Add(accessor);
        if (formal) Expect('}', $"behind ${{{name}");
        return new Reference(Slice(start, Index), quiet, name, path, at);
    }

    /// <summary>The text inside a double-quoted string, as a template of its own.</summary>
    protected abstract IReadOnlyList<Node> ParseInner(string text, Position at);

    private Accessor? TryParseAccessor()
    {
        if (TryTake('['))
        {
            var index = ParseExpression();
            ExpectNext(']', "behind an index");
            return new IndexAccessor(index);
        }

        if (Current != '.' || !AtIdentifier(1)) return null;
        Index++;
        var name = TakeIdentifier();
        return TryTake('(') ? new MethodAccessor(name, ParseItems(')', $"behind the arguments of {name}")) : new PropertyAccessor(name);
    }

    /// <summary>Expressions between commas, up to and over <paramref name="end"/>.</summary>
    private List<Expression> ParseItems(char end, string where)
    {
        var items = new List<Expression>();
        if (TryTakeNext(end)) return items;
        do items.Add(ParseExpression());
        while (TryTakeNext(','));
        Expect(end, where);
        return items;
    }

    private Expression ParseLevel(int level)
    {
        if (level == Levels.Length) return ParseUnary();
        var left = ParseLevel(level + 1);
        while (TryTakeOperator(Levels[level]) is { } found) left = Binary(found, left, ParseLevel(level + 1));
        return left;
    }

    private static Expression Binary(Operator found, Expression left, Expression right) => found switch
    {
        Operator.Or => run => run.IsTrue(left(run)) || run.IsTrue(right(run)),
        Operator.And => run => run.IsTrue(left(run)) && run.IsTrue(right(run)),
        _ => run => Operators.Apply(found, left(run), right(run)),
    };

    private Operator? TryTakeOperator((string Text, Operator Operator)[] level)
    {
        SkipWhitespace();
        foreach (var (text, candidate) in level)
            if (TryTakeWord(text)) return candidate;
        return null;
    }

    /// <summary>A word such as <c>or</c> must end where it ends; a sign needs nothing behind it.</summary>
    private bool TryTakeWord(string word)
    {
        var start = Index;
        if (!TryTake(word)) return false;
        if (!char.IsAsciiLetter(word[0]) || !(char.IsAsciiLetterOrDigit(Current) || Current == '_')) return true;
        Index = start;
        return false;
    }

    private Expression ParseUnary()
    {
        SkipWhitespace();
        if (TryTake('!') || TryTakeWord("not"))
        {
            var denied = Nested(ParseUnary);
            return run => !run.IsTrue(denied(run));
        }

        if (Current != '-' || char.IsAsciiDigit(Peek(1)) || Peek(1) == '.') return ParseLiteral();
        Index++;
        var negated = Nested(ParseUnary);
        return run => Numbers.Apply(Operator.Subtract, 0L, negated(run));
    }
}
