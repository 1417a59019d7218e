using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Gateway.CloudFormation;

/// <summary>
/// Reads a template in YAML or JSON into one JSON tree in which every intrinsic function stands in its long form
/// (<c>!Ref X</c> becomes <c>{"Ref": "X"}</c>, <c>!GetAtt A.B</c> becomes <c>{"Fn::GetAtt": ["A", "B"]}</c>).
/// </summary>
internal sealed class TemplateReader(string name)
{
    /// <summary>CloudFormation's own limit for a template, in bytes.</summary>
    private const int MaximumBytes = 1024 * 1024;
    private const int MaximumDepth = 64;
    private const int MaximumNodes = 100_000;
    private int _budget = MaximumNodes;

    public static JsonObject ReadFile(string file)
    {
        var length = File.Exists(file) ? new FileInfo(file).Length : throw new TemplateException($"Template file not found: {file}");
        if (length > MaximumBytes)
            throw new TemplateException($"{file}: a template has at most {MaximumBytes} bytes, this one has {length}.");
        return Read(File.ReadAllText(file), file);
    }

    public static JsonObject Read(string text, string name)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new GuardedParser(new Parser(new StringReader(text)), MaximumDepth));
            if (stream.Documents is not [{ RootNode: YamlMappingNode root }])
                throw new TemplateException($"{name}: a template is one YAML or JSON object.");
            return (JsonObject)new TemplateReader(name).Convert(root, 0)!;
        }
        catch (YamlException exception)
        {
            throw new TemplateException($"{name}({exception.Start.Line},{exception.Start.Column}): {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // At some texts that are no YAML the parser falls, and says no place.
            throw new TemplateException($"{name}: the text is not YAML: {exception.Message}", exception);
        }
    }

    private JsonNode? Convert(YamlNode node, int depth)
    {
        // Aliases make a tree of a few lines expand to any size.
        if (depth > MaximumDepth || --_budget < 0)
            throw new TemplateException(
                $"{name}({node.Start.Line}): more than {MaximumDepth} levels or {MaximumNodes} values, aliases counted where they are used.");
        JsonNode? value = node switch
        {
            YamlScalarNode scalar => Scalar(scalar),
            YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(child => Convert(child, depth + 1))]),
            YamlMappingNode mapping => Mapping(mapping, depth),
            _ => throw new TemplateException($"{name}({node.Start.Line}): {node.NodeType} is not expected here."),
        };
        return node.Tag.IsEmpty || !node.Tag.Value.StartsWith('!') || node.Tag.IsNonSpecific ? value : LongForm(node.Tag.Value[1..], value);
    }

    private JsonObject Mapping(YamlMappingNode mapping, int depth)
    {
        var result = new JsonObject();
        foreach (var (key, child) in mapping.Children)
        {
            var member = (key as YamlScalarNode)?.Value
                ?? throw new TemplateException($"{name}({key.Start.Line}): a member's name must be a plain string.");
            result[member] = Convert(child, depth + 1);
        }

        return result;
    }

    private static JsonNode? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain || !scalar.Tag.IsEmpty)
            return JsonValue.Create(text);
        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ => Number(text),
        };
    }

    /// <summary>A leading zero marks an identifier, as in an account number, never a number.</summary>
    private static JsonNode Number(string text)
    {
        var digits = text.AsSpan().TrimStart('-');
        var padded = digits.Length > 1 && digits[0] == '0' && digits[1] != '.';
        if (!padded && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return JsonValue.Create(whole);
        const NumberStyles Real = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!padded && decimal.TryParse(text, Real, CultureInfo.InvariantCulture, out var real))
            return JsonValue.Create(real);
        return JsonValue.Create(text);
    }

    private static JsonNode LongForm(string tag, JsonNode? value) => tag switch
    {
        "Ref" or "Condition" => new JsonObject { [tag] = value },
        "GetAtt" when value is JsonValue text
            => new JsonObject { ["Fn::GetAtt"] = new JsonArray([.. text.GetValue<string>().Split('.', 2).Select(part => (JsonNode)part)]) },
        _ => new JsonObject { ["Fn::" + tag] = value },
    };
}
