using System.Text;

namespace Gateway.Velocity;

/// <summary>
/// Text, references and comments of a template. White space is treated as Velocity 1.7 does, which API Gateway runs: a
/// directive takes the blank rest of its line with it, and leaves what stands before it.
/// </summary>
internal sealed class TemplateParser
{
    private readonly Scanner _scanner;
    private readonly StringBuilder _text = new();
    private readonly List<Node> _nodes = [];

    public TemplateParser(Scanner scanner) => _scanner = scanner;

    /// <summary>Reads up to the end of the text or to an <c>#else</c>, <c>#elseif</c> or <c>#end</c>, which it leaves.</summary>
    public IReadOnlyList<Node> ParseBlock()
    {
        _scanner.Enter();
        while (!_scanner.AtEnd && !Directives.AtBlockEnd(_scanner)) ParseNext();
        FlushText();
        _scanner.Leave();
        return _nodes;
    }

    private void ParseNext()
    {
        switch (_scanner.Current)
        {
            case '\\': ParseBackslashes(); break;
            case '$': ParseDollar(); break;
            case '#': ParseHash(); break;
            default: TakeText(1); break;
        }
    }

    private void ParseDollar()
    {
        var reference = new ReferenceParser(_scanner).TryParse();
        if (reference is null) TakeText(1);
        else Add(reference);
    }

    private void ParseHash()
    {
        if (_scanner.TryTake("##")) SkipLineComment();
        else if (_scanner.TryTake("#*")) SkipBlockComment();
        else if (_scanner.TryTake("#[[")) _text.Append(_scanner.TakeUntil("]]#") ?? throw _scanner.Error("#[[ without ]]#"));
        else if (Directives.Peek(_scanner) is null) TakeText(1);
        else Add(new DirectiveParser(_scanner).Parse());
    }

    private void SkipLineComment()
    {
        while (!_scanner.AtEnd && _scanner.Current is not ('\n' or '\r')) _scanner.Index++;
        _scanner.SkipBlankRestOfLine();
    }

    private void SkipBlockComment()
    {
        if (_scanner.TakeUntil("*#") is null) throw _scanner.Error("#* without *#");
    }

    /// <summary>Before a reference or a directive, two backslashes are one, and an odd one takes its meaning away.</summary>
    private void ParseBackslashes()
    {
        var count = 0;
        while (_scanner.Peek(count) == '\\') count++;
        _scanner.Index += count;
        if (!AtMeaning())
        {
            _text.Append('\\', count);
            return;
        }

        _text.Append('\\', count / 2);
        if (count % 2 == 0) return;
        if (_scanner.Current == '$') TakeEscapedReference();
        else TakeText(1);
    }

    private void TakeEscapedReference() => _text.Append(new ReferenceParser(_scanner).TryParse()!.Source);

    private bool AtMeaning()
    {
        if (_scanner.Current == '#') return Directives.Peek(_scanner) is not null || Directives.AtBlockEnd(_scanner);
        if (_scanner.Current != '$') return false;
        var start = _scanner.Index;
        var reference = new ReferenceParser(_scanner).TryParse();
        _scanner.Index = start;
        return reference is not null;
    }

    private void TakeText(int length)
    {
        _text.Append(_scanner.Slice(_scanner.Index, _scanner.Index + length));
        _scanner.Index += length;
    }

    private void Add(Node node)
    {
        FlushText();
        _nodes.Add(node);
    }

    private void FlushText()
    {
        if (_text.Length == 0) return;
        _nodes.Add(new TextNode(_text.ToString()));
        _text.Clear();
    }
}
