using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Gateway.CloudFormation;

/// <summary>
/// Keeps from the tree that YamlDotNet builds what would overflow its stack: deep nesting, an alias within what it stands for, and members whose name is no
/// plain text, of which it computes the hash through all aliases.
/// </summary>
internal sealed class GuardedParser(IParser parser, int maximumDepth) : IParser
{
    private readonly Stack<Level> _open = new();

    public ParsingEvent? Current => parser.Current;

    /// <exception cref="YamlException">It is one of these.</exception>
    public bool MoveNext()
    {
        if (!parser.MoveNext()) return false;
        if (parser.Current is NodeEvent or AnchorAlias) Check(parser.Current);
        if (parser.Current is MappingStart or SequenceStart) Open((NodeEvent)parser.Current);
        else if (parser.Current is MappingEnd or SequenceEnd) _open.Pop();
        return true;
    }

    private void Check(ParsingEvent node)
    {
        var isName = _open.TryPeek(out var level) && level.IsAtName();
        if (isName && node is not Scalar) throw Error(node, "a member's name must be a plain string");
        if (node is AnchorAlias alias && _open.Any(each => each.Anchor == alias.Value)) throw Error(node, $"the alias *{alias.Value} stands within what it stands for");
    }

    private void Open(NodeEvent node)
    {
        if (_open.Count >= maximumDepth) throw Error(node, $"more than {maximumDepth} levels");
        _open.Push(new Level(node.Anchor, node is MappingStart));
    }

    private static YamlException Error(ParsingEvent at, string problem) => new(at.Start, at.End, problem);

    /// <summary>A mapping or a sequence that has begun. In a mapping every other node is a name.</summary>
    private sealed class Level(AnchorName anchor, bool isMapping)
    {
        private bool _isName;

        public AnchorName? Anchor => anchor.IsEmpty ? null : anchor;

        public bool IsAtName() => isMapping && (_isName = !_isName);
    }
}
