using System.Numerics;

namespace Gateway.Velocity;

/// <summary>References, and expressions inside directives, arguments and indexes: operators by precedence, the loosest first.</summary>
internal sealed partial class TemplateParser
{
    private static readonly (string[] Texts, Operator Operator)[][] Levels =
    [
        [(["||", "or"], static (run, left, right) => Interpreter.IsTrue(left(run)) || Interpreter.IsTrue(right(run)))],
        [(["&&", "and"], static (run, left, right) => Interpreter.IsTrue(left(run)) && Interpreter.IsTrue(right(run)))],
        [(["==", "eq"], Of((left, right) => Values.AreEqual(left, right))), (["!=", "ne"], Of((left, right) => !Values.AreEqual(left, right)))],
        [
            (["<=", "le"], Of((left, right) => Values.Order(left, right) <= 0)), ([">=", "ge"], Of((left, right) => Values.Order(left, right) >= 0)),
            (["<", "lt"], Of((left, right) => Values.Order(left, right) < 0)), ([">", "gt"], Of((left, right) => Values.Order(left, right) > 0)),
        ],
        [(["+"], static (run, left, right) => run.Made(Values.Add(left(run), right(run)))), (["-"], Of(Values.Subtract))],
        [
            (["*"], Of((left, right) => Numbers.Apply(left, right, BigInteger.Multiply, (a, b) => a * b))),
            (["/"], Of((left, right) => Numbers.IsZero(right) ? null : Numbers.Apply(left, right, BigInteger.Divide, (a, b) => a / b))),
            (["%"], Of((left, right) => Numbers.IsZero(right) ? null : Numbers.Apply(left, right, BigInteger.Remainder, (a, b) => a % b))),
        ],
    ];

    private Expression ParseExpression() => Nested(() => ParseLevel(0));

    /// <summary>
    /// <c>$name.path</c>, <c>${name.path}</c> and their quiet forms <c>$!name</c>, <c>$!{name}</c>; null, and nothing taken, where the dollar
    /// is plain text.
    /// </summary>
    private Reference? TryParseReference()
    {
        var start = Index;
        var at = Position;
        if (!TryTake('$')) return null;
        TryTake('!');
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
        return new Reference(Slice(start, Index), name, path, at);
    }

    private Accessor? TryParseAccessor()
    {
        if (TryTake('['))
        {
            var index = ParseExpression();
            ExpectNext(']', "behind an index");
            return new Accessor((run, owner) => Members.GetIndex(owner, index(run)), index);
        }

        if (Current != '.' || !AtIdentifier(1)) return null;
        Index++;
        var name = TakeIdentifier();
        if (!TryTake('(')) return new Accessor((_, owner) => Members.Get(owner, name), Constant(name));
        var arguments = ParseItems(')', $"behind the arguments of {name}");
        return new Accessor((run, owner) => run.Call(owner, name, arguments));
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
        while (TryTakeOperator(Levels[level]) is { } found)
        {
            var (first, second) = (left, ParseLevel(level + 1));
            left = run => found(run, first, second);
        }

        return left;
    }

    /// <summary>An operator that looks at both of its operands.</summary>
    private static Operator Of(Func<object?, object?, object?> apply) => (run, left, right) => apply(left(run), right(run));

    private Operator? TryTakeOperator((string[] Texts, Operator Operator)[] level)
    {
        SkipWhitespace();
        return Array.Find(level, each => Array.Exists(each.Texts, TryTakeWord)).Operator;
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
            return run => !Interpreter.IsTrue(denied(run));
        }

        if (Current != '-' || char.IsAsciiDigit(Peek(1)) || Peek(1) == '.') return ParseLiteral();
        Index++;
        var negated = Nested(ParseUnary);
        return run => Values.Subtract(0L, negated(run));
    }
}
