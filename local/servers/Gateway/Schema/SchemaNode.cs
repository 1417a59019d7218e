using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gateway.Definition;

namespace Gateway.Schema;

/// <summary>
/// A JSON Schema of draft 4, which is what models of API Gateway are written in. References are followed within the schema
/// (<c>#/definitions/x</c>); <c>format</c> is not checked, as API Gateway does not.
/// </summary>
internal sealed class SchemaNode
{
    private static readonly HashSet<string> Known =
    [
        "$schema", "$ref", "id", "title", "description", "default", "definitions", "type", "enum", "properties", "patternProperties",
        "additionalProperties", "required", "minProperties", "maxProperties", "dependencies", "items", "additionalItems", "minItems",
        "maxItems", "uniqueItems", "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum",
        "exclusiveMaximum", "multipleOf", "allOf", "anyOf", "oneOf", "not", "example", "readOnly", "discriminator",
    ];

    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);
    private readonly JsonObject _source;
    private readonly SchemaNode? _root;
    private readonly Dictionary<JsonNode, SchemaNode> _parsed;

    private SchemaNode(JsonObject source, SchemaNode? root, string name)
    {
        _source = source;
        _root = root;
        _parsed = root?._parsed ?? [];
        Name = name;
        foreach (var (keyword, _) in source)
        {
            if (!Known.Contains(keyword)) throw new GatewayException($"Model {name}: the keyword '{keyword}' is not one of JSON Schema draft 4.");
        }

        Pattern = source["pattern"].Text() is { } pattern ? Compile(pattern, name) : null;
        PatternProperties = [.. (source["patternProperties"] as JsonObject ?? []).Select(entry => (Compile(entry.Key, name), Child(entry.Value!)))];
        Properties = (source["properties"] as JsonObject ?? []).ToDictionary(entry => entry.Key, entry => Child(entry.Value!), StringComparer.Ordinal);
        Required = [.. source["required"].Items().Select(each => each.Text()!)];
        Types = source["type"] is JsonArray types ? [.. types.Select(each => each.Text()!)] : source["type"].Text() is { } type ? [type] : [];
        Enumeration = [.. source["enum"].Items().Select(each => JsonSerializer.SerializeToElement(each))];
    }

    public string Name { get; }

    public Regex? Pattern { get; }

    public IReadOnlyList<string> Types { get; }

    public IReadOnlyList<string> Required { get; }

    public IReadOnlyList<JsonElement> Enumeration { get; }

    public IReadOnlyDictionary<string, SchemaNode> Properties { get; }

    public IReadOnlyList<(Regex Pattern, SchemaNode Schema)> PatternProperties { get; }

    /// <exception cref="GatewayException">The schema uses words that draft 4 has not.</exception>
    public static SchemaNode Parse(JsonNode schema, string name)
    {
        if (schema is JsonValue text) schema = JsonNode.Parse(text.GetValue<string>())!;
        return new SchemaNode(schema as JsonObject ?? throw new GatewayException($"Model {name}: a schema is an object."), null, name);
    }

    /// <summary>The keyword's value where it is a number, exactly.</summary>
    public ExactNumber? Number(string keyword) => _source[keyword].Text() is { } text ? ExactNumber.Parse(text) : null;

    public int? Count(string keyword) => (int?)_source[keyword].Number();

    public bool Flag(string keyword) => _source[keyword].IsTrue();

    /// <summary>Whether the keyword is there with the value false.</summary>
    public bool Forbids(string keyword) => _source[keyword] is JsonValue value && value.TryGetValue<bool>(out var allowed) && !allowed;

    /// <summary>The keyword's schema; null where it is none.</summary>
    public SchemaNode? Schema(string keyword) => _source[keyword] is JsonObject source ? Child(source) : null;

    public IReadOnlyList<SchemaNode> Schemas(string keyword) => [.. (_source[keyword] as JsonArray ?? []).Select(each => Child(each!))];

    public IReadOnlyDictionary<string, JsonNode?> Dependencies => (_source["dependencies"] as JsonObject ?? []).ToDictionary(StringComparer.Ordinal);

    /// <summary>The schema that <c>$ref</c> points to; null where there is no reference.</summary>
    public SchemaNode? Referenced()
    {
        if (_source["$ref"].Text() is not { } reference) return null;
        var root = _root ?? this;
        JsonNode? found = reference.StartsWith('#') ? root._source : null;
        foreach (var step in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            found = found?[step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
        return found is JsonObject source
            ? Child(source)
            : throw new GatewayException($"Model {Name}: $ref '{reference}' is not within the schema.");
    }

    /// <summary>A schema is parsed once, however often and from wherever it is referred to.</summary>
    public SchemaNode Child(JsonNode source)
    {
        lock (_parsed)
        {
            if (_parsed.TryGetValue(source, out var known)) return known;
            var child = new SchemaNode(source as JsonObject ?? throw new GatewayException($"Model {Name}: a schema is an object."), _root ?? this, Name);
            return _parsed[source] = child;
        }
    }

    /// <summary>ECMA 262 has '$' at the very end of the text only; .NET also before a last line feed.</summary>
    private static Regex Compile(string pattern, string name)
    {
        try
        {
            return new Regex(Regex.Replace(pattern, @"(?<!\\)(?<even>(\\\\)*)\$$", @"${even}\z", RegexOptions.ExplicitCapture, PatternTimeout), RegexOptions.CultureInvariant, PatternTimeout);
        }
        catch (ArgumentException fault)
        {
            throw new GatewayException($"Model {name}: the pattern {pattern} is not a regular expression: {fault.Message}", fault);
        }
    }
}
