using System.Globalization;
using System.Numerics;

namespace Gateway.Velocity;

/// <summary>References, strings, numbers, lists, ranges, maps and parentheses inside an expression.</summary>
internal sealed class LiteralParser
{
    private readonly Scanner _scanner;
    private readonly ExpressionParser _expressions;

    public LiteralParser(Scanner scanner, ExpressionParser expressions)
    {
        _scanner = scanner;
        _expressions = expressions;
    }

    public Expression Parse() => _scanner.Current switch
    {
        '$' => new ReferenceExpression(new ReferenceParser(_scanner).TryParse() ?? throw _scanner.Error("a reference expected behind '$'")),
        '"' => ParseDoubleQuoted(),
        '\'' => new LiteralExpression(TakeQuoted('\'')),
        '[' => ParseList(),
        '{' => ParseMap(),
        '(' => ParseParentheses(),
        '-' or '.' or (>= '0' and <= '9') => ParseNumber(),
        _ => ParseWord(),
    };

    /// <summary>Inside quotes a doubled quote is one; a backslash means nothing (as in Velocity 1.7: no \n, no \").</summary>
    private string TakeQuoted(char quote)
    {
        _scanner.Index++;
        var start = _scanner.Index;
        while (!_scanner.AtEnd)
        {
            if (_scanner.Current != quote) _scanner.Index++;
            else if (_scanner.Peek(1) == quote) _scanner.Index += 2;
            else break;
        }

        var text = _scanner.Slice(start, _scanner.Index);
        _scanner.Expect(quote, "at the end of a string");
        return text.Replace($"{quote}{quote}", $"{quote}", StringComparison.Ordinal);
    }

    private Expression ParseDoubleQuoted()
    {
        var origin = _scanner.Position with { Column = _scanner.Position.Column + 1 };
        var text = TakeQuoted('"');
        if (!text.AsSpan().ContainsAny('$', '#')) return new LiteralExpression(text);
        var inner = new Scanner(text, origin, _scanner.Depth);
        var parts = new TemplateParser(inner).ParseBlock();
        return inner.AtEnd ? new InterpolatedExpression(parts) : throw inner.Error("#else, #elseif or #end without #if or #foreach");
    }

    private Expression ParseList()
    {
        _scanner.Index++;
        _scanner.SkipWhitespace();
        if (_scanner.TryTake(']')) return new ListExpression([]);
        var first = _expressions.Parse();
        _scanner.SkipWhitespace();
        if (_scanner.TryTake(".."))
        {
            var last = _expressions.Parse();
            _scanner.SkipWhitespace();
            _scanner.Expect(']', "at the end of a range");
            return new RangeExpression(first, last);
        }

        if (_scanner.TryTake(']')) return new ListExpression([first]);
        _scanner.Expect(',', "between the items of a list");
        return new ListExpression([first, .. _expressions.ParseItems(']', "at the end of a list")]);
    }

    private MapExpression ParseMap()
    {
        _scanner.Index++;
        var entries = new List<KeyValuePair<Expression, Expression>>();
        _scanner.SkipWhitespace();
        if (_scanner.TryTake('}')) return new MapExpression(entries);
        do
        {
            var key = _expressions.Parse();
            _scanner.SkipWhitespace();
            _scanner.Expect(':', "behind a map's key");
            entries.Add(new(key, _expressions.Parse()));
            _scanner.SkipWhitespace();
        }
        while (_scanner.TryTake(','));
        _scanner.Expect('}', "at the end of a map");
        return new MapExpression(entries);
    }

    private Expression ParseParentheses()
    {
        _scanner.Index++;
        var inner = _expressions.Parse();
        _scanner.SkipWhitespace();
        _scanner.Expect(')', "at the end of a parenthesis");
        return inner;
    }

    private LiteralExpression ParseNumber()
    {
        var start = _scanner.Index;
        _scanner.TryTake('-');
        TakeDigits();
        var fraction = _scanner.Current == '.' && char.IsAsciiDigit(_scanner.Peek(1));
        if (fraction)
        {
            _scanner.Index++;
            TakeDigits();
        }

        var text = _scanner.Slice(start, _scanner.Index);
        if (fraction) return new LiteralExpression(double.Parse(text, CultureInfo.InvariantCulture));
        if (!BigInteger.TryParse(text, CultureInfo.InvariantCulture, out var whole)) throw _scanner.Error("a number expected");
        return new LiteralExpression(Numbers.Shrink(whole));
    }

    private void TakeDigits()
    {
        while (char.IsAsciiDigit(_scanner.Current)) _scanner.Index++;
    }

    private LiteralExpression ParseWord()
    {
        if (!_scanner.AtIdentifier()) throw _scanner.Error(_scanner.AtEnd ? "an expression expected, the template ends" : "an expression expected");
        var start = _scanner.Index;
        var word = _scanner.TakeIdentifier();
        if (word is "true" or "false") return new LiteralExpression(word == "true");
        if (word == "null") return new LiteralExpression(null);
        _scanner.Index = start;
        throw _scanner.Error($"'{word}' is not an expression: a string needs quotes, a variable needs '$'");
    }
}
