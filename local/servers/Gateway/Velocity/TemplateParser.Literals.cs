using System.Globalization;
using System.Numerics;

namespace Gateway.Velocity;

/// <summary>What an expression ends in: references, strings, numbers, lists, ranges, maps and parentheses.</summary>
internal sealed partial class TemplateParser
{
    private Expression ParseLiteral() => Current switch
    {
        '$' => Value(TryParseReference() ?? throw Error("a reference expected behind '$'")),
        '"' => ParseDoubleQuoted(),
        '\'' => Constant(TakeQuoted('\'')),
        '[' => ParseList(),
        '{' => ParseMap(),
        '(' => ParseParentheses(),
        '-' or '.' or (>= '0' and <= '9') => ParseNumber(),
        _ => ParseWord(),
    };

    private static Expression Value(Reference reference) => run => run.ValueOf(reference);

    private static Expression Constant(object? value) => _ => value;

    private static Expression List(IReadOnlyList<Expression> items) => run => items.Select(item => item(run)).ToList();

    /// <summary>Inside quotes a doubled quote is one; a backslash means nothing (as in Velocity 1.7: no \n, no \").</summary>
    private string TakeQuoted(char quote)
    {
        var start = ++Index;
        while (!AtEnd && (Current != quote || Peek(1) == quote)) Index += Current == quote ? 2 : 1;
        var quoted = Slice(start, Index);
        Expect(quote, "at the end of a string");
        return quoted.Replace($"{quote}{quote}", $"{quote}", StringComparison.Ordinal);
    }

    private Expression ParseDoubleQuoted()
    {
        var at = Position;
        var quoted = TakeQuoted('"');
        if (!quoted.AsSpan().ContainsAny('$', '#')) return Constant(quoted);
        var parts = new TemplateParser(quoted, at with { Column = at.Column + 1 }, Depth).ParseAll("#else, #elseif or #end without #if or #foreach");
        return run => run.Render(parts);
    }

    private Expression ParseList()
    {
        Index++;
        if (TryTakeNext(']')) return List([]);
        var first = ParseExpression();
        SkipWhitespace();
        if (TryTake(".."))
        {
            var last = ParseExpression();
            ExpectNext(']', "at the end of a range");
            return run => run.Made(Interpreter.Range(first(run), last(run)));
        }

        if (TryTake(']')) return List([first]);
        Expect(',', "between the items of a list");
        return List([first, .. ParseItems(']', "at the end of a list")]);
    }

    private Expression ParseMap()
    {
        Index++;
        var entries = new List<(Expression Key, Expression Value)>();
        if (!TryTakeNext('}'))
        {
            do
            {
                var key = ParseExpression();
                ExpectNext(':', "behind a map's key");
                entries.Add((key, ParseExpression()));
            }
            while (TryTakeNext(','));
            Expect('}', "at the end of a map");
        }

        return run =>
        {
            var map = new VelocityMap();
            foreach (var (key, value) in entries) map[JavaText.Of(key(run))] = value(run);
            return map;
        };
    }

    private Expression ParseParentheses()
    {
        Index++;
        var inner = ParseExpression();
        ExpectNext(')', "at the end of a parenthesis");
        return inner;
    }

    private Expression ParseNumber()
    {
        var number = (TryTake('-') ? "-" : "") + TakeWhile(char.IsAsciiDigit);
        if (Current == '.' && char.IsAsciiDigit(Peek(1)))
        {
            Index++;
            return Constant(double.Parse($"{number}.{TakeWhile(char.IsAsciiDigit)}", CultureInfo.InvariantCulture));
        }

        return BigInteger.TryParse(number, CultureInfo.InvariantCulture, out var whole) ? Constant(Numbers.Shrink(whole)) : throw Error("a number expected");
    }

    private Expression ParseWord()
    {
        if (!AtIdentifier()) throw Error(AtEnd ? "an expression expected, the template ends" : "an expression expected");
        var start = Index;
        var word = TakeIdentifier();
        if (word is "true" or "false") return Constant(word == "true");
        if (word == "null") return Constant(null);
        Index = start;
        throw Error($"'{word}' is not an expression: a string needs quotes, a variable needs '$'");
    }
}
