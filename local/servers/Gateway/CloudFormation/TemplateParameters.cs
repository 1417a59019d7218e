using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gateway.CloudFormation;

/// <summary>The parameters of a template with the values they have: given ones before defaults, each checked against its declaration.</summary>
internal sealed class TemplateParameters
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, JsonNode> _nodes = [];

    public TemplateParameters(JsonObject declared, IReadOnlyDictionary<string, string> given)
    {
        foreach (var (name, node) in declared)
        {
            var path = "Parameters." + name;
            var parameter = node as JsonObject ?? throw TemplateException.At(path, "must be an object with a Type.");
            var value = given.TryGetValue(name, out var own) ? own : TemplateResolver.Text(parameter["Default"])
                ?? throw TemplateException.At(path, $"has no default: give it a value with --parameter {name}=VALUE.");
            Check(value, parameter, path);
            _nodes[name] = Typed(value, TemplateResolver.Text(parameter["Type"]), path);
        }
    }

    public bool TryGet(string name, out JsonNode? value)
    {
        value = _nodes.TryGetValue(name, out var found) ? found.DeepClone() : null;
        return value is not null;
    }

    private static JsonNode Typed(string value, string? type, string path) => type switch
    {
        null => throw TemplateException.At(path, "has no Type."),
        "CommaDelimitedList" => List(value),
        _ when type.StartsWith("List<", StringComparison.Ordinal) => List(value),
        _ when type.StartsWith("AWS::SSM::Parameter::", StringComparison.Ordinal)
            => throw TemplateException.At(path, $"parameters of type {type} are not supported: there is no parameter store here."),
        _ => JsonValue.Create(value),
    };

    private static JsonArray List(string value)
        => [.. value.Split(',', StringSplitOptions.TrimEntries).Select(item => (JsonNode)JsonValue.Create(item))];

    private static void Check(string value, JsonObject parameter, string path)
    {
        if (parameter["AllowedValues"] is JsonArray allowed && !allowed.Any(item => TemplateResolver.Text(item) == value))
            throw TemplateException.At(path, $"'{value}' is not one of {string.Join(", ", allowed.Select(TemplateResolver.Text))}.");
        // CloudFormation holds each value of a list against the pattern, and not the list's text.
        var values = TemplateResolver.Text(parameter["Type"]) == "CommaDelimitedList" ? value.Split(',', StringSplitOptions.TrimEntries) : [value];
        if (TemplateResolver.Text(parameter["AllowedPattern"]) is { } pattern
            && Array.Find(values, item => !Matches(item, pattern, path)) is { } refused)
            throw TemplateException.At(path, $"'{refused}' does not match {pattern}.");
        Bound(parameter["MinLength"], value.Length, path, "MinLength", static (actual, bound) => actual >= bound);
        Bound(parameter["MaxLength"], value.Length, path, "MaxLength", static (actual, bound) => actual <= bound);
        if (TemplateResolver.Text(parameter["Type"]) != "Number") return;
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            throw TemplateException.At(path, $"'{value}' is not a number.");
        Bound(parameter["MinValue"], number, path, "MinValue", static (actual, bound) => actual >= bound);
        Bound(parameter["MaxValue"], number, path, "MaxValue", static (actual, bound) => actual <= bound);
    }

    private static bool Matches(string value, string pattern, string path)
    {
        try
        {
            return Regex.IsMatch(value, $"^(?:{pattern})$", RegexOptions.None, PatternTimeout);
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            throw TemplateException.At(path, $"AllowedPattern cannot be used: {exception.Message}");
        }
    }

    private static void Bound(JsonNode? bound, double actual, string path, string name, Func<double, double, bool> holds)
    {
        if (TemplateResolver.Text(bound) is not { } text) return;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var limit))
            throw TemplateException.At(path, $"{name} is not a number.");
        if (!holds(actual, limit))
            throw TemplateException.At(path, $"{actual} is outside {name} {limit}.");
    }
}
