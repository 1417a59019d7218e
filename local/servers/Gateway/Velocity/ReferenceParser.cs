namespace Gateway.Velocity;

/// <summary>Parses <c>$name.path</c>, <c>${name.path}</c> and their quiet forms <c>$!name</c>, <c>$!{name}</c>.</summary>
internal sealed class ReferenceParser
{
    private readonly Scanner _scanner;

    public ReferenceParser(Scanner scanner) => _scanner = scanner;

    /// <summary>The reference that stands here; null, and nothing taken, where the dollar is plain text.</summary>
    public ReferenceNode? TryParse()
    {
        var start = _scanner.Index;
        var at = _scanner.Position;
        if (!_scanner.TryTake('$')) return null;
        var quiet = _scanner.TryTake('!');
        var formal = _scanner.TryTake('{');
        if (!_scanner.AtIdentifier())
        {
            _scanner.Index = start;
            return null;
        }

        var name = _scanner.TakeIdentifier();
        var path = ParsePath();
        if (formal) _scanner.Expect('}', $"behind ${{{name}");
        return new ReferenceNode(_scanner.Slice(start, _scanner.Index), quiet, name, path, at);
    }

    private List<Accessor> ParsePath()
    {
        var path = new List<Accessor>();
        while (true)
        {
            if (_scanner.Current == '.' && _scanner.AtIdentifier(1)) path.Add(ParseMember());
            else if (_scanner.Current == '[') path.Add(ParseIndex());
            else return path;
        }
    }

    private Accessor ParseMember()
    {
        _scanner.Index++;
        var name = _scanner.TakeIdentifier();
        if (!_scanner.TryTake('(')) return new PropertyAccessor(name);
        var arguments = new ExpressionParser(_scanner).ParseItems(')', $"behind the arguments of {name}");
        return new MethodAccessor(name, arguments);
    }

    private IndexAccessor ParseIndex()
    {
        _scanner.Index++;
        var index = new ExpressionParser(_scanner).Parse();
        _scanner.SkipWhitespace();
        _scanner.Expect(']', "behind an index");
        return new IndexAccessor(index);
    }
}
