namespace Gateway.Velocity;

/// <summary>Parses <c>#set</c>, <c>#if</c>, <c>#foreach</c>, <c>#break</c> and <c>#stop</c> at the scanner's place.</summary>
internal sealed class DirectiveParser
{
    private readonly Scanner _scanner;
    private readonly ExpressionParser _expressions;

    public DirectiveParser(Scanner scanner)
    {
        _scanner = scanner;
        _expressions = new ExpressionParser(scanner);
    }

    public Node Parse()
    {
        var word = Directives.Peek(_scanner)!;
        if (Directives.Refused.Contains(word)) throw _scanner.Error($"#{word} is not supported in a mapping template");
        Directives.Take(_scanner);
        return word switch
        {
            "set" => ParseSet(),
            "if" => ParseIf(),
            "foreach" => ParseForeach(),
            "break" => new BreakNode(),
            _ => new StopNode(),
        };
    }

    private SetNode ParseSet()
    {
        Open("#set");
        var target = new ReferenceParser(_scanner).TryParse() ?? throw _scanner.Error("#set needs a reference to assign to");
        _scanner.SkipWhitespace();
        _scanner.Expect('=', "in #set");
        var value = _expressions.Parse();
        Close("#set");
        return new SetNode(target, value);
    }

    private IfNode ParseIf()
    {
        var branches = new List<Branch> { ParseBranch("#if") };
        IReadOnlyList<Node> otherwise = [];
        while (Directives.Peek(_scanner) == "elseif")
        {
            Directives.Take(_scanner);
            branches.Add(ParseBranch("#elseif"));
        }

        if (Directives.Peek(_scanner) == "else")
        {
            Directives.Take(_scanner);
            _scanner.SkipBlankRestOfLine();
            otherwise = ParseBody();
        }

        TakeEnd("#if");
        return new IfNode(branches, otherwise);
    }

    private Branch ParseBranch(string directive)
    {
        Open(directive);
        var condition = _expressions.Parse();
        Close(directive);
        return new Branch(condition, ParseBody());
    }

    private ForeachNode ParseForeach()
    {
        var at = _scanner.Position;
        Open("#foreach");
        var variable = new ReferenceParser(_scanner).TryParse();
        if (variable is null || variable.Path.Count > 0) throw _scanner.Error("#foreach needs a plain variable");
        _scanner.SkipWhitespace();
        if (_scanner.TakeIdentifier() != "in") throw _scanner.Error("'in' expected in #foreach");
        var source = _expressions.Parse();
        Close("#foreach");
        var body = ParseBody();
        TakeEnd("#foreach");
        return new ForeachNode(variable.Name, source, body, at);
    }

    private IReadOnlyList<Node> ParseBody() => new TemplateParser(_scanner).ParseBlock();

    private void Open(string directive)
    {
        _scanner.SkipWhitespace();
        _scanner.Expect('(', $"behind {directive}");
        _scanner.SkipWhitespace();
    }

    private void Close(string directive)
    {
        _scanner.SkipWhitespace();
        _scanner.Expect(')', $"at the end of {directive}");
        _scanner.SkipBlankRestOfLine();
    }

    private void TakeEnd(string directive)
    {
        if (Directives.Peek(_scanner) != "end") throw _scanner.Error($"#end of {directive} expected");
        Directives.Take(_scanner);
        _scanner.SkipBlankRestOfLine();
    }
}
