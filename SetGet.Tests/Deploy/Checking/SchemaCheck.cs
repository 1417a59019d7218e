using System.Globalization;

namespace SetGet.Tests.Deploy.Checking;

/// <summary>Every resource type, property and attribute exists, required properties are there, and values have the right type.</summary>
internal sealed class SchemaCheck(TemplateFile template, CloudFormationSchema schema, Findings findings)
{
    private static readonly HashSet<string> ResourceMembers =
        ["Type", "Properties", "DependsOn", "Condition", "Metadata", "DeletionPolicy", "UpdateReplacePolicy", "CreationPolicy", "UpdatePolicy"];

    private static readonly HashSet<string> ListFunctions = ["Fn::Split", "Fn::GetAZs", "Fn::Cidr"];

    public void Check(PrunedTemplate world)
    {
        foreach (var (name, resource) in world.Resources)
        {
            foreach (var (member, node) in resource.Entries.Where(entry => !ResourceMembers.Contains(entry.Name)))
                findings.Add(node, $"{name}: a resource has no '{member}'.");
            Resource(name, resource);
        }

        foreach (var node in world.Resources.Values.Concat(world.Outputs.Values).SelectMany(value => value.All())) Attributes(world, node);
    }

    private void Resource(string name, TemplateNode resource)
    {
        var type = resource["Type"]?.Text ?? "";
        if (type.StartsWith("Custom::", StringComparison.Ordinal))
        {
            if (resource["Properties"]?["ServiceToken"] is null) findings.Add(resource, $"{name}: a custom resource needs ServiceToken.");
        }
        else if (!schema.Resources.TryGetValue(type, out var known))
        {
            findings.Add(resource, $"{name}: there is no resource type '{type}'.");
        }
        else
        {
            Properties(name, resource["Properties"] ?? new MapNode(resource.Line, []), known.Properties);
        }
    }

    private void Properties(string path, TemplateNode node, IReadOnlyDictionary<string, PropertySchema> properties)
    {
        foreach (var (name, value) in node.Entries)
            if (properties.TryGetValue(name, out var property)) Value($"{path}.{name}", value, property.Type);
            else findings.Add(value, $"{path}: there is no property '{name}'.");
        foreach (var (name, _) in properties.Where(property => property.Value.Required && node[property.Key] is null))
            findings.Add(node, $"{path}: the required property '{name}' is missing.");
    }

    private void Value(string path, TemplateNode value, TypeSchema type)
    {
        if (value.Function is { } function)
        {
            if (Mismatch(function, type) is { } kind) findings.Add(value, $"{path} is {type.Kind}, and {function.Name} gives {kind}.");
            return;
        }

        switch (type.Kind)
        {
            case "json" or "tag" or "null": break;
            case "union": Union(path, value, type.Types!); break;
            case "object" when value is MapNode: Properties(path, value, schema.Definitions[type.Definition!].Properties); break;
            case "array" when value is ListNode list:
                for (var index = 0; index < list.Values.Count; index++) Value($"{path}[{index}]", list.Values[index], type.Element!);
                break;
            case "map" when value is MapNode map:
                foreach (var (name, member) in map.Members) Value($"{path}.{name}", member, type.Element!);
                break;
            default: Scalar(path, value, type); break;
        }
    }

    /// <summary>A value fits a union where it fits one of its types.</summary>
    private void Union(string path, TemplateNode value, IReadOnlyList<TypeSchema> types)
    {
        var attempts = types.Select(type =>
        {
            var attempt = new Findings();
            new SchemaCheck(template, schema, attempt).Value(path, value, type);
            return attempt.All;
        }).ToList();
        if (attempts.TrueForAll(attempt => attempt.Count > 0)) findings.Add(value, $"{path} fits none of its types: {attempts[0][0]}");
    }

    private void Scalar(string path, TemplateNode value, TypeSchema type)
    {
        var fits = value is ScalarNode scalar && type.Kind switch
        {
            // Quoted is a string; CloudFormation takes an unquoted number for a string as well, but not a boolean for a number.
            "string" or "date-time" => !(scalar.IsPlain && scalar.Value is "true" or "false"),
            "integer" => long.TryParse(scalar.Value, CultureInfo.InvariantCulture, out _) && scalar.IsPlain,
            "number" => decimal.TryParse(scalar.Value, CultureInfo.InvariantCulture, out _) && scalar.IsPlain,
            "boolean" => scalar is { IsPlain: true, Value: "true" or "false" },
            _ => false,
        };
        if (!fits) findings.Add(value, $"{path} must be {type.Kind}.");
        else if (type.Allowed is { } allowed && !allowed.Contains(value.Text!))
            findings.Add(value, $"{path} is '{value.Text}'; it must be one of {string.Join(", ", allowed)}.");
    }

    /// <summary>What a function gives, where that cannot be what the type wants; null where it can.</summary>
    private string? Mismatch((string Name, TemplateNode Argument) function, TypeSchema type)
    {
        if (type.Kind is "json" or "tag" or "union") return null;
        var given = function.Name switch
        {
            "Ref" => OfParameter(function.Argument.Text!),
            "Fn::GetAtt" => OfAttribute(function.Argument),
            _ => ListFunctions.Contains(function.Name) ? "array" : "string",
        };
        return type.Kind switch
        {
            "array" => given == "array" || function.Name == "Fn::FindInMap" ? null : given,
            "object" or "map" => given,
            "boolean" or "integer" or "number" => given == "array" || (function.Name == "Ref" && given == "string" && type.Kind != "boolean") ? given : null,
            _ => given == "array" ? given : null,
        };
    }

    private string OfParameter(string name) => template.Root["Parameters"]?[name]?["Type"]?.Text switch
    {
        "Number" => "number",
        { } type when type == "CommaDelimitedList" || type.StartsWith("List<", StringComparison.Ordinal) => "array",
        _ => "string",
    };

    private string OfAttribute(TemplateNode argument)
    {
        var type = template.Root["Resources"]?[argument.Items[0].Text!]?["Type"]?.Text ?? "";
        var attribute = argument.Items.Count > 1 ? argument.Items[1].Text ?? "" : "";
        return schema.Resources.TryGetValue(type, out var resource) && resource.Attributes.TryGetValue(attribute, out var known) && known.Kind == "array"
            ? "array" : "string";
    }

    private void Attributes(PrunedTemplate world, TemplateNode node)
    {
        if (node.Function is ("Fn::GetAtt", { Items: [ScalarNode name, ScalarNode attribute] })) Attribute(world, node, name.Value, attribute.Value);
        if (node.Function is not ("Fn::Sub", var argument)) return;
        var variables = argument.Items.Count == 2 ? argument.Items[1].Entries.Select(entry => entry.Name).ToHashSet() : [];
        foreach (var parts in ReferenceCheck.Placeholders(argument.Items[0].Text ?? "").Where(name => !variables.Contains(name)).Select(name => name.Split('.', 2)))
            if (parts.Length == 2) Attribute(world, argument, parts[0], parts[1]);
    }

    private void Attribute(PrunedTemplate world, TemplateNode where, string name, string attribute)
    {
        var type = world.Resources.TryGetValue(name, out var resource) ? resource["Type"]?.Text ?? "" : "";
        if (schema.Resources.TryGetValue(type, out var known) && !known.Attributes.ContainsKey(attribute))
            findings.Add(where, $"{type} has no attribute '{attribute}'.");
    }
}
