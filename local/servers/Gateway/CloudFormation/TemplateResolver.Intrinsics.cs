using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Gateway.CloudFormation;

/// <summary>The intrinsic functions. To add one, give it a line in <see cref="Call"/> and a method.</summary>
public sealed partial class TemplateResolver
{
    /// <summary>Stands for <c>AWS::NoValue</c>: the member or item that it is the value of is left out.</summary>
    private static readonly JsonNode NoValue = new JsonObject();
    private const int MaximumDepth = 100;

    private int _depth;

    /// <summary>A new tree in which every function is replaced by its value.</summary>
    private JsonNode? Resolve(JsonNode? node, string path)
    {
        var resolved = ResolveOrNoValue(node, path);
        return ReferenceEquals(resolved, NoValue) ? null : resolved;
    }

    /// <summary>The truth of a condition's expression.</summary>
    private bool Truth(JsonNode? node, string path)
    {
        if (node is not JsonObject { Count: 1 } call)
            return bool.TryParse(Text(node), out var plain) ? plain : throw TemplateException.At(path, "a condition is Fn::And, Or, Not, Equals or Condition.");
        var (name, argument) = call.First();
        return name switch
        {
            "Condition" => Condition(Text(argument) ?? "", path),
            "Fn::Equals" when argument is JsonArray { Count: 2 } pair
                => Text(Resolve(pair[0], path)) is { } left && Text(Resolve(pair[1], path)) is { } right
                    ? left == right : JsonNode.DeepEquals(Resolve(pair[0], path), Resolve(pair[1], path)),
            "Fn::Not" when argument is JsonArray { Count: 1 } one => !Truth(one[0], path),
            "Fn::And" when argument is JsonArray { Count: >= 2 and <= 10 } all => all.All(item => Truth(item, path)),
            "Fn::Or" when argument is JsonArray { Count: >= 2 and <= 10 } any => any.Any(item => Truth(item, path)),
            _ => throw TemplateException.At(path, $"{name} with these arguments is not a condition function."),
        };
    }

    /// <summary>A scalar as CloudFormation writes it; null for objects, arrays and null.</summary>
    internal static string? Text(JsonNode? node) => (node as JsonValue)?.ToString();

    private JsonNode? ResolveOrNoValue(JsonNode? node, string path)
    {
        if (++_depth > MaximumDepth) throw TemplateException.At(path, $"functions are nested more than {MaximumDepth} deep.");
        try
        {
            return node switch
            {
                JsonObject { Count: 1 } call when IsFunction(call.First().Key) => Call(call.First().Key, call.First().Value, path),
                JsonObject source => new JsonObject(source
                    .Select(member => KeyValuePair.Create(member.Key, ResolveOrNoValue(member.Value, $"{path}.{member.Key}")))
                    .Where(member => !ReferenceEquals(member.Value, NoValue))),
                JsonArray source => new JsonArray([.. source.Select((item, index) => ResolveOrNoValue(item, $"{path}[{index}]"))
                    .Where(item => !ReferenceEquals(item, NoValue))]),
                _ => node?.DeepClone(),
            };
        }
        finally
        {
            _depth--;
        }
    }

    private static bool IsFunction(string name) => name == "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal);

    private JsonNode? Call(string name, JsonNode? argument, string path) => (name, argument) switch
    {
        ("Ref", _) => Ref(Text(argument) ?? throw TemplateException.At(path, "Ref takes a name."), path),
        ("Fn::GetAtt", JsonArray { Count: >= 2 } names) => GetAtt(names, path),
        ("Fn::GetAtt", JsonValue value) when Text(value)!.Split('.', 2) is [var id, var member] => Attribute(id, member, path),
        ("Fn::Sub", JsonValue text) => Sub(Text(text)!, [], path),
        ("Fn::Sub", JsonArray { Count: 2 } pair) when Text(pair[0]) is { } text && pair[1] is JsonObject map => Sub(text, map, path),
        ("Fn::Join", JsonArray { Count: 2 } pair) when Text(pair[0]) is { } separator => Join(separator, pair[1], path),
        ("Fn::If", JsonArray { Count: 3 } triple)
            => ResolveOrNoValue(Condition(Text(triple[0]) ?? "", path) ? triple[1] : triple[2], path),
        ("Fn::Select", JsonArray { Count: 2 } pair) => Select(pair, path),
        ("Fn::Split", JsonArray { Count: 2 } pair) when Text(pair[0]) is { Length: > 0 } separator
            => new JsonArray([.. TextOf(pair[1], path).Split(separator).Select(part => (JsonNode)JsonValue.Create(part))]),
        ("Fn::FindInMap", JsonArray { Count: 3 } keys) => FindInMap(keys, path),
        ("Fn::Base64", not null) => Convert.ToBase64String(Encoding.UTF8.GetBytes(TextOf(argument, path))),
        ("Fn::GetAZs", _) => new JsonArray(_context.Region + "a", _context.Region + "b", _context.Region + "c"),
        ("Fn::Equals" or "Fn::Not" or "Fn::And" or "Fn::Or", _) => Truth(new JsonObject { [name] = argument?.DeepClone() }, path),
        ("Fn::ImportValue", _) => throw TemplateException.At(path, "Fn::ImportValue is refused: there are no other stacks here. Use a parameter."),
        _ => throw TemplateException.At(path, $"{name} is not supported here, or has the wrong arguments."),
    };

    private JsonNode? Ref(string name, string path) => name switch
    {
        "AWS::Region" => _context.Region,
        "AWS::AccountId" => _context.AccountId,
        "AWS::Partition" => _context.Partition,
        "AWS::URLSuffix" => _context.UrlSuffix,
        "AWS::StackName" => _context.StackName,
        "AWS::StackId" => _context.StackId,
        "AWS::NotificationARNs" => new JsonArray(),
        "AWS::NoValue" => NoValue,
        _ => Reference(name, path),
    };

    private JsonNode GetAtt(JsonArray names, string path)
        => Attribute(Text(names[0]) ?? "", string.Join('.', names.Skip(1).Select(name => TextOf(name, path))), path);

    private JsonNode Sub(string text, JsonObject map, string path)
    {
        var result = new StringBuilder();
        var rest = text.AsSpan();
        for (var start = rest.IndexOf("${"); start >= 0; start = rest.IndexOf("${"))
        {
            var end = rest[start..].IndexOf('}');
            if (end < 0) break;
            result.Append(rest[..start]);
            var name = rest.Slice(start + 2, end - 2).Trim().ToString();
            result.Append(name.StartsWith('!') ? $"${{{name[1..]}}}" : Substitute(name, map, path));
            rest = rest[(start + end + 1)..];
        }

        return result.Append(rest).ToString();
    }

    private string Substitute(string name, JsonObject map, string path)
    {
        if (map.TryGetPropertyValue(name, out var own)) return TextOf(own, path);
        var value = name.Split('.', 2) is [var id, var member] ? Attribute(id, member, path) : Ref(name, path);
        return Text(value) ?? throw TemplateException.At(path, $"${{{name}}} is not a string.");
    }

    private JsonNode Join(string separator, JsonNode? items, string path)
        => Resolve(items, path) is JsonArray list
            ? string.Join(separator, list.Select(item => Text(item) ?? throw TemplateException.At(path, "Fn::Join joins strings.")))
            : throw TemplateException.At(path, "Fn::Join takes a separator and a list.");

    private JsonNode? Select(JsonArray pair, string path)
    {
        var list = Resolve(pair[1], path) as JsonArray ?? throw TemplateException.At(path, "Fn::Select takes an index and a list.");
        return int.TryParse(TextOf(pair[0], path), CultureInfo.InvariantCulture, out var index) && index >= 0 && index < list.Count
            ? list[index]?.DeepClone()
            : throw TemplateException.At(path, $"Fn::Select: the list has {list.Count} items, the index is {TextOf(pair[0], path)}.");
    }

    private JsonNode? FindInMap(JsonArray keys, string path)
    {
        var (map, first, second) = (TextOf(keys[0], path), TextOf(keys[1], path), TextOf(keys[2], path));
        return Section("Mappings")[map]?[first]?[second]?.DeepClone()
            ?? throw TemplateException.At(path, $"Fn::FindInMap: Mappings has no {map}.{first}.{second}.");
    }

    private string TextOf(JsonNode? node, string path)
        => Text(Resolve(node, path)) ?? throw TemplateException.At(path, "a string is expected here.");
}
