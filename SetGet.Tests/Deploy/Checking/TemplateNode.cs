using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SetGet.Tests.Deploy.Checking;

/// <summary>A value of a template, with the line that it stands on. Functions are in their long form: <c>{"Fn::Sub": …}</c>.</summary>
internal abstract record TemplateNode(int Line)
{
    /// <summary>The one function that this node is, or null: its name (<c>Ref</c>, <c>Fn::Sub</c>) and argument.</summary>
    public (string Name, TemplateNode Argument)? Function
        => this is MapNode { Members: [var (name, argument)] } && (name is "Ref" or "Condition" || name.StartsWith("Fn::", StringComparison.Ordinal))
            ? (name, argument) : null;

    /// <summary>A member of a map, or null.</summary>
    public TemplateNode? this[string name]
        => (this as MapNode)?.Members.Where(member => member.Name == name).Select(member => member.Value).FirstOrDefault();

    /// <summary>The members of a map; of anything else, none.</summary>
    public IReadOnlyList<(string Name, TemplateNode Value)> Entries => (this as MapNode)?.Members ?? [];

    /// <summary>The items of a list; a single value counts as a list of itself, as in a policy's <c>Action</c>.</summary>
    public IReadOnlyList<TemplateNode> Items => this is ListNode list ? list.Values : [this];

    /// <summary>The text of a scalar, or null.</summary>
    public string? Text => (this as ScalarNode)?.Value;

    /// <summary>This node and all below it.</summary>
    public IEnumerable<TemplateNode> All() => this switch
    {
        MapNode map => map.Members.SelectMany(member => member.Value.All()).Prepend(this),
        ListNode list => list.Values.SelectMany(value => value.All()).Prepend(this),
        _ => [this],
    };
}

internal sealed record ScalarNode(int Line, string Value, bool IsPlain) : TemplateNode(Line);

internal sealed record ListNode(int Line, IReadOnlyList<TemplateNode> Values) : TemplateNode(Line);

internal sealed record MapNode(int Line, IReadOnlyList<(string Name, TemplateNode Value)> Members) : TemplateNode(Line);

/// <summary>A template file: its tree, and its lines, because comments are part of what is checked.</summary>
internal sealed record TemplateFile(TemplateNode Root, IReadOnlyList<string> Lines)
{
    public IReadOnlyList<(string Name, TemplateNode Value)> Section(string name) => Root[name]?.Entries ?? [];

    public static TemplateFile Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return new TemplateFile(Convert(stream.Documents[0].RootNode), text.Split('\n'));
    }

    private static TemplateNode Convert(YamlNode node)
    {
        var line = (int)node.Start.Line;
        TemplateNode value = node switch
        {
            YamlScalarNode scalar => new ScalarNode(line, scalar.Value ?? "", scalar.Style == ScalarStyle.Plain),
            YamlSequenceNode sequence => new ListNode(line, [.. sequence.Children.Select(Convert)]),
            YamlMappingNode mapping => new MapNode(line, [.. mapping.Children.Select(pair => (((YamlScalarNode)pair.Key).Value!, Convert(pair.Value)))]),
            _ => throw new NotSupportedException($"line {line}: {node.NodeType}"),
        };
        return node.Tag is { IsEmpty: false, IsNonSpecific: false } tag && tag.Value.StartsWith('!') ? LongForm(tag.Value[1..], value) : value;
    }

    private static MapNode LongForm(string function, TemplateNode argument)
    {
        if (function == "GetAtt" && argument is ScalarNode { Value: var text } scalar)
            argument = new ListNode(scalar.Line, [.. text.Split('.', 2).Select(part => new ScalarNode(scalar.Line, part, IsPlain: false))]);
        return new MapNode(argument.Line, [(function is "Ref" or "Condition" ? function : "Fn::" + function, argument)]);
    }
}
