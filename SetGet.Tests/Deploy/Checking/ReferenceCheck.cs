using System.Text.RegularExpressions;

namespace SetGet.Tests.Deploy.Checking;

/// <summary>Every Ref, GetAtt, Sub, FindInMap, DependsOn and condition names something that is there, in every world.</summary>
internal sealed partial class ReferenceCheck(TemplateFile template, Findings findings)
{
    private static readonly HashSet<string> PseudoParameters =
        ["AWS::AccountId", "AWS::NoValue", "AWS::NotificationARNs", "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix"];

    private static readonly HashSet<string> Functions =
        ["Fn::Base64", "Fn::Cidr", "Fn::FindInMap", "Fn::GetAtt", "Fn::GetAZs", "Fn::ImportValue", "Fn::Join", "Fn::Select", "Fn::Split", "Fn::Sub"];

    private readonly HashSet<string> _parameters = [.. template.Section("Parameters").Select(parameter => parameter.Name)];
    private readonly HashSet<string> _declared = [.. template.Section("Resources").Select(resource => resource.Name)];

    public void Check(PrunedTemplate world)
    {
        foreach (var (name, resource) in world.Resources)
        {
            foreach (var dependency in resource["DependsOn"]?.Items ?? [])
                Resource(world, dependency, dependency.Text ?? "", name);
            Walk(world, resource);
        }

        foreach (var output in world.Outputs.Values) Walk(world, output);
    }

    /// <summary>What nobody refers to is a leftover, or a reference that was forgotten.</summary>
    public void CheckUnused()
    {
        var text = string.Join('\n', template.Lines);
        var used = template.Root.All().Select(node => node.Function).OfType<(string Name, TemplateNode Argument)>().ToList();
        var names = used.SelectMany(function => function.Name switch
        {
            "Ref" or "Condition" => [function.Argument.Text ?? ""],
            "Fn::If" or "Fn::FindInMap" => [function.Argument.Items[0].Text ?? ""],
            "Fn::Sub" => Placeholders(function.Argument.Items[0].Text ?? ""),
            _ => Array.Empty<string>(),
        }).Concat(template.Section("Resources").Concat(template.Section("Outputs")).Select(entry => entry.Value["Condition"]?.Text ?? "")).ToHashSet();
        foreach (var section in (string[])["Parameters", "Mappings", "Conditions"])
            foreach (var (name, node) in template.Section(section).Where(entry => !names.Contains(entry.Name)))
                findings.Add(node, $"{section}: nothing uses '{name}'.");
    }

    /// <summary>The names in a text of <c>Fn::Sub</c>; <c>${!x}</c> is the text <c>${x}</c>.</summary>
    public static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Groups["name"].Value.Trim());

    private void Walk(PrunedTemplate world, TemplateNode node)
    {
        switch (node.Function)
        {
            case ("Ref", ScalarNode name): Reference(world, name, name.Value); break;
            case ("Fn::GetAtt", { Items: [ScalarNode name, ..] }): Resource(world, name, name.Value, "Fn::GetAtt"); break;
            case ("Fn::GetAtt", _): findings.Add(node, "Fn::GetAtt takes a resource and an attribute."); break;
            case ("Fn::FindInMap", { Items: [var map, var first, var second] }): Mapping(node, map, first, second); break;
            case ("Fn::Sub", var argument): Substitute(world, argument); break;
            case ({ } name, _) when name.StartsWith("Fn::", StringComparison.Ordinal) && !Functions.Contains(name):
                findings.Add(node, $"{name} is no function that may stand here.");
                break;
        }

        foreach (var child in node.Entries) Walk(world, child.Value);
        if (node is ListNode list)
            foreach (var child in list.Values)
                Walk(world, child);
    }

    private void Substitute(PrunedTemplate world, TemplateNode argument)
    {
        var variables = argument.Items.Count == 2 ? argument.Items[1].Entries.Select(entry => entry.Name).ToHashSet() : [];
        var names = Placeholders(argument.Items[0].Text ?? "").ToList();
        foreach (var name in names.Where(name => !variables.Contains(name)))
            if (name.Contains('.', StringComparison.Ordinal)) Resource(world, argument, name[..name.IndexOf('.', StringComparison.Ordinal)], "Fn::Sub");
            else Reference(world, argument, name);
        foreach (var unused in variables.Where(variable => !names.Contains(variable)))
            findings.Add(argument, $"Fn::Sub: its text does not use '{unused}'.");
    }

    private void Reference(PrunedTemplate world, TemplateNode where, string name)
    {
        if (!PseudoParameters.Contains(name) && !_parameters.Contains(name)) Resource(world, where, name, "Ref");
    }

    private void Resource(PrunedTemplate world, TemplateNode where, string name, string from)
    {
        if (!_declared.Contains(name)) findings.Add(where, $"{from}: there is no '{name}'.");
        else if (!world.Resources.ContainsKey(name)) findings.Add(where, $"{from}: '{name}' has a condition under which it is not there, and this is.");
    }

    private void Mapping(TemplateNode where, TemplateNode map, TemplateNode first, TemplateNode second)
    {
        var found = template.Root["Mappings"]?[map.Text ?? ""];
        var keys = first.Function is ("Ref", ScalarNode parameter)
            ? template.Root["Parameters"]?[parameter.Value]?["AllowedValues"]?.Items.Select(value => value.Text ?? "").ToArray() ?? ["(any value)"]
            : [first.Text ?? ""];
        foreach (var key in keys.Where(key => found?[key]?[second.Text ?? ""] is null))
            findings.Add(where, $"Fn::FindInMap: there is no {map.Text}.{key}.{second.Text}.");
    }

    [GeneratedRegex(@"\$\{(?<name>[^!}][^}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
