using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gateway.CloudFormation;

namespace Gateway.Schema;

/// <summary>
/// A JSON Schema of draft 4, which is what models of API Gateway are written in, found to have nothing that draft 4 has not. References
/// are followed within the schema (<c>#/definitions/x</c>); <c>format</c> is not checked, as API Gateway does not.
/// </summary>
internal sealed class SchemaNode
{
    /// <summary>Keywords by what they hold: nothing that is a schema, one or a list of them, or a map of them.</summary>
    private static readonly HashSet<string> Plain =
    [
        "$schema", "$ref", "id", "title", "description", "default", "type", "enum", "required", "minProperties", "maxProperties", "minItems",
        "maxItems", "uniqueItems", "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
        "multipleOf", "example", "readOnly", "discriminator",
    ];

    private static readonly HashSet<string> Schemas = ["additionalProperties", "items", "additionalItems", "allOf", "anyOf", "oneOf", "not"];
    private static readonly HashSet<string> Maps = ["properties", "patternProperties", "definitions", "dependencies"];
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    private readonly string _name;
    private readonly Dictionary<string, Regex> _patterns = [];

    private SchemaNode(JsonElement root, string name)
    {
        Root = root;
        _name = name;
        Inspect(root);
    }

    public JsonElement Root { get; }

    /// <exception cref="TemplateException">The schema uses words that draft 4 has not.</exception>
    public static SchemaNode Parse(JsonNode schema, string name)
        => new(JsonSerializer.SerializeToElement(schema is JsonValue text ? JsonNode.Parse(text.GetValue<string>()) : schema), name);

    /// <summary>A pattern that the schema has.</summary>
    public Regex Pattern(string pattern) => _patterns[pattern];

    /// <summary>The schema that a <c>$ref</c> points to.</summary>
    public JsonElement Find(string reference)
    {
        var found = reference.StartsWith('#') ? Root : default;
        foreach (var step in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            found = found.ValueKind == JsonValueKind.Object && found.TryGetProperty(name, out var next) ? next : default;
        }

        return found.ValueKind == JsonValueKind.Object ? found : throw Error($"$ref '{reference}' is not within the schema");
    }

    private void Inspect(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object) throw Error("a schema is an object");
        foreach (var member in schema.EnumerateObject())
        {
            if (member.Name == "pattern") Compile(member.Value.GetString()!);
            else if (member.Name == "$ref") Find(member.Value.GetString()!);
            else if (Schemas.Contains(member.Name)) InspectAll(member.Value);
            else if (Maps.Contains(member.Name)) InspectMap(member);
            else if (!Plain.Contains(member.Name)) throw Error($"the keyword '{member.Name}' is not one of JSON Schema draft 4");
        }
    }

    private void InspectAll(JsonElement schemas)
    {
        if (schemas.ValueKind == JsonValueKind.Object) Inspect(schemas);
        if (schemas.ValueKind != JsonValueKind.Array) return;
        foreach (var schema in schemas.EnumerateArray()) Inspect(schema);
    }

    private void InspectMap(JsonProperty map)
    {
        foreach (var entry in map.Value.EnumerateObject())
        {
            if (map.Name == "patternProperties") Compile(entry.Name);
            // A dependency may be a list of names.
            if (map.Name != "dependencies" || entry.Value.ValueKind == JsonValueKind.Object) Inspect(entry.Value);
        }
    }

    /// <summary>ECMA 262 has '$' at the very end of the text only; .NET also before a last line feed.</summary>
    private void Compile(string pattern)
    {
        try
        {
            var net = Regex.Replace(pattern, @"(?<!\\)(?<even>(\\\\)*)\$$", @"${even}\z", RegexOptions.ExplicitCapture, PatternTimeout);
            _patterns[pattern] = new Regex(net, RegexOptions.CultureInvariant, PatternTimeout);
        }
        catch (ArgumentException fault)
        {
            throw Error($"the pattern {pattern} is not a regular expression: {fault.Message}");
        }
    }

    private TemplateException Error(string problem) => new($"Model {_name}: {problem}.");
}
