using System.Text;

namespace Gateway.Velocity;

/// <summary>
/// Text, references, directives and comments of a template. White space is treated as Velocity 1.7 does, which API Gateway runs: a
/// directive takes the blank rest of its line with it, and leaves what stands before it.
/// </summary>
internal sealed partial class TemplateParser(string text, Position origin, int depth = 0) : Scanner(text, origin, depth)
{
    /// <summary>The words behind a <c>#</c> that mean something, bare (<c>#else</c>) or in braces (<c>#{else}</c>).</summary>
    private static readonly HashSet<string> Known = ["set", "if", "elseif", "else", "end", "foreach", "break", "stop"];

    /// <summary>What API Gateway has no use for: a template is one text, which brings all of itself.</summary>
    private static readonly HashSet<string> Refused = ["macro", "parse", "include", "evaluate", "define"];

    /// <summary>The whole text.</summary>
    public IReadOnlyList<Node> ParseAll(string otherwise)
    {
        var nodes = ParseBlock();
        return AtEnd ? nodes : throw Error(string.Format(otherwise, PeekDirective()));
    }

    /// <summary>Reads up to the end of the text or to an <c>#else</c>, <c>#elseif</c> or <c>#end</c>, which it leaves.</summary>
    private List<Node> ParseBlock() => Nested(() =>
    {
        var nodes = new List<Node>();
        var plain = new StringBuilder();
        while (!AtEnd && PeekDirective() is not ("elseif" or "else" or "end"))
        {
            if (ParseNext(plain) is not { } node) continue;
            FlushText(plain, nodes);
            nodes.Add(node);
        }

        FlushText(plain, nodes);
        return nodes;
    });

    private static void FlushText(StringBuilder plain, List<Node> nodes)
    {
        if (plain.Length == 0) return;
        var text = plain.ToString();
        nodes.Add((_, output) => output.Append(text));
        plain.Clear();
    }

    /// <summary>A node; null where it was text, which is appended, or a comment.</summary>
    private Node? ParseNext(StringBuilder plain)
    {
        if (Current == '\\') return ParseBackslashes(plain);
        if (Current == '$' && TryParseReference() is { } reference) return (run, output) => run.Write(reference, output);
        if (Current == '#')
        {
            if (TryTake("##"))
            {
                TakeWhile(character => character is not ('\n' or '\r'));
                SkipBlankRestOfLine();
                return null;
            }

            if (TryTake("#*")) return TakeUntil("*#") is null ? throw Error("#* without *#") : null;
            if (TryTake("#[[")) return Append(plain, TakeUntil("]]#") ?? throw Error("#[[ without ]]#"));
            if (PeekDirective() is { } word) return ParseDirective(word);
        }

        return Append(plain, TakeOne());
    }

    private static Node? Append(StringBuilder plain, string text)
    {
        plain.Append(text);
        return null;
    }

    private string TakeOne() => Slice(Index, ++Index);

    /// <summary>Before a reference or a directive, two backslashes are one, and an odd one takes its meaning away.</summary>
    private Node? ParseBackslashes(StringBuilder plain)
    {
        var count = TakeWhile(character => character == '\\').Length;
        var start = Index;
        var reference = TryParseReference();
        Index = start;
        if (reference is null && PeekDirective() is null) return Append(plain, new string('\\', count));
        plain.Append('\\', count / 2);
        if (count % 2 == 0) return null;
        Index += reference?.Source.Length ?? 1;
        return Append(plain, reference?.Source ?? "#");
    }

    /// <summary>The directive that stands here, or null where the hash is plain text.</summary>
    private string? PeekDirective()
    {
        var start = Index;
        var word = TakeDirective();
        Index = start;
        return word is not null && (Known.Contains(word) || Refused.Contains(word)) ? word : null;
    }

    /// <summary>Steps over a word with its hash and braces; null where there is none.</summary>
    private string? TakeDirective()
    {
        if (!TryTake('#')) return null;
        var braced = TryTake('{');
        var word = TakeWhile(character => char.IsAsciiLetterOrDigit(character) || character == '_');
        return !braced || TryTake('}') ? word : null;
    }

    private Node ParseDirective(string word)
    {
        if (Refused.Contains(word)) throw Error($"#{word} is not supported in a mapping template");
        TakeDirective();
        return word switch
        {
            "set" => ParseSet(),
            "if" => ParseIf(),
            "foreach" => ParseForeach(),
            "break" => static (run, _) => run.Break(),
            _ => static (run, _) => run.Stop(),
        };
    }

    private Node ParseSet()
    {
        Open("#set");
        var target = TryParseReference() ?? throw Error("#set needs a reference to assign to");
        ExpectNext('=', "in #set");
        var value = ParseExpression();
        Close("#set");
        return (run, _) => run.Assign(target, value(run));
    }

    private Node ParseIf()
    {
        var branches = new List<(Expression Condition, List<Node> Body)> { ParseBranch("#if") };
        List<Node> otherwise = [];
        while (TryTakeDirective("elseif")) branches.Add(ParseBranch("#elseif"));
        if (TryTakeDirective("else"))
        {
            SkipBlankRestOfLine();
            otherwise = ParseBlock();
        }

        TakeEnd("#if");
        return (run, output) => run.Write(branches.Find(branch => Interpreter.IsTrue(branch.Condition(run))).Body ?? otherwise, output);
    }

    private (Expression Condition, List<Node> Body) ParseBranch(string directive)
    {
        Open(directive);
        var condition = ParseExpression();
        Close(directive);
        return (condition, ParseBlock());
    }

    private Node ParseForeach()
    {
        var at = Position;
        Open("#foreach");
        if (TryParseReference() is not { Path.Count: 0 } variable) throw Error("#foreach needs a plain variable");
        SkipWhitespace();
        if (TakeIdentifier() != "in") throw Error("'in' expected in #foreach");
        var source = ParseExpression();
        Close("#foreach");
        var body = ParseBlock();
        TakeEnd("#foreach");
        return (run, output) => run.Loop(variable.Name, source(run), body, at, output);
    }

    private void Open(string directive)
    {
        ExpectNext('(', $"behind {directive}");
        SkipWhitespace();
    }

    private void Close(string directive)
    {
        ExpectNext(')', $"at the end of {directive}");
        SkipBlankRestOfLine();
    }

    private bool TryTakeDirective(string word)
    {
        if (PeekDirective() != word) return false;
        TakeDirective();
        return true;
    }

    private void TakeEnd(string directive)
    {
        if (!TryTakeDirective("end")) throw Error($"#end of {directive} expected");
        SkipBlankRestOfLine();
    }
}
