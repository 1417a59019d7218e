namespace SetGet.Tests.Deploy.Checking;

/// <summary>A template as it is in one world: what its conditions leave out is gone, and so is every <c>Fn::If</c>.</summary>
internal sealed class PrunedTemplate
{
    private readonly IReadOnlyDictionary<string, bool> _world;
    private readonly Findings _findings;

    public PrunedTemplate(TemplateFile template, IReadOnlyDictionary<string, bool> world, Findings findings)
    {
        _world = world;
        _findings = findings;
        Resources = Section(template, "Resources");
        Outputs = Section(template, "Outputs");
    }

    public IReadOnlyDictionary<string, TemplateNode> Resources { get; }

    public IReadOnlyDictionary<string, TemplateNode> Outputs { get; }

    public IEnumerable<(string Name, TemplateNode Value)> OfType(string type)
        => Resources.Where(resource => resource.Value["Type"]?.Text == type).Select(resource => (resource.Key, resource.Value));

    private Dictionary<string, TemplateNode> Section(TemplateFile template, string name)
    {
        var kept = new Dictionary<string, TemplateNode>();
        foreach (var (id, node) in template.Section(name))
            if (node["Condition"] is not { } condition || Holds(condition))
                kept[id] = Prune(node, isDeclaration: true)!;
        return kept;
    }

    /// <summary>Null for <c>AWS::NoValue</c>, which takes its member or item with it.</summary>
    private TemplateNode? Prune(TemplateNode node, bool isDeclaration = false)
    {
        switch (node.Function)
        {
            case ("Ref", ScalarNode { Value: "AWS::NoValue" }):
                return null;
            case ("Fn::If", { Items: [var condition, var whenTrue, var whenFalse] }):
                return Prune(Holds(condition) ? whenTrue : whenFalse);
            case ("Fn::If", _):
                _findings.Add(node, "Fn::If takes a condition, a value where it is true and one where it is false.");
                return null;
        }

        return node switch
        {
            MapNode map => map with { Members = Kept(map, isDeclaration) },
            ListNode list => list with { Values = [.. list.Values.Select(value => Prune(value)).OfType<TemplateNode>()] },
            _ => node,
        };
    }

    private List<(string, TemplateNode)> Kept(MapNode map, bool isDeclaration)
    {
        var kept = new List<(string, TemplateNode)>();
        foreach (var (name, value) in map.Members)
            if (!(isDeclaration && name == "Condition") && Prune(value) is { } pruned)
                kept.Add((name, pruned));
        return kept;
    }

    private bool Holds(TemplateNode condition)
    {
        if (condition.Text is { } name && _world.TryGetValue(name, out var truth)) return truth;
        _findings.Add(condition, $"the condition '{condition.Text}' is not declared.");
        return true;
    }
}
