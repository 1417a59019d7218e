using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Schema;

/// <summary>Checks JSON against a model, and says what is wrong in words like API Gateway's.</summary>
internal sealed class SchemaValidator
{
    /// <summary>Enough to help a sender; a body of a megabyte may have a hundred thousand faults.</summary>
    private const int MaxErrors = 20;
    private const int MaxDepth = 512;
    private readonly List<string> _errors = [];

    /// <summary>The faults; empty where there are none.</summary>
    public static IReadOnlyList<string> Validate(SchemaNode schema, JsonElement value)
    {
        var validator = new SchemaValidator();
        validator.Check(schema, value, 0);
        return validator._errors;
    }

    private static bool Matches(SchemaNode schema, JsonElement value, int depth)
    {
        var validator = new SchemaValidator();
        validator.Check(schema, value, depth);
        return validator._errors.Count == 0;
    }

    private void Check(SchemaNode schema, JsonElement value, int depth)
    {
        if (_errors.Count >= MaxErrors) return;
        if (depth > MaxDepth)
        {
            _errors.Add($"instance is nested deeper than {MaxDepth}");
            return;
        }

        if (schema.Referenced() is { } referenced)
        {
            Check(referenced, value, depth + 1);
            return;
        }

        if (schema.Types.Count > 0 && !schema.Types.Any(type => Is(type, value)))
        {
            _errors.Add($"instance type ({TypeOf(value)}) does not match any allowed primitive type (allowed: [{Quoted(schema.Types)}])");
            return;
        }

        if (schema.Enumeration.Count > 0 && !schema.Enumeration.Any(allowed => JsonElement.DeepEquals(allowed, value)))
            _errors.Add("instance value is not one of the enumeration");
        CheckKind(schema, value, depth);
        CheckCombined(schema, value, depth);
    }

    private void CheckKind(SchemaNode schema, JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object: CheckObject(schema, value, depth); break;
            case JsonValueKind.Array: CheckArray(schema, value, depth); break;
            case JsonValueKind.String: CheckString(schema, value); break;
            case JsonValueKind.Number: CheckNumber(schema, ExactNumber.Parse(value.GetRawText())); break;
            default: break;
        }
    }

    private void CheckObject(SchemaNode schema, JsonElement value, int depth)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var additional = new List<string>();
        foreach (var member in value.EnumerateObject())
        {
            names.Add(member.Name);
            if (!CheckMember(schema, member, depth)) additional.Add(member.Name);
        }

        if (schema.Forbids("additionalProperties") && additional.Count > 0)
            _errors.Add($"object instance has properties which are not allowed by the schema: [{Quoted(additional)}]");
        var missing = schema.Required.Where(name => !names.Contains(name)).ToList();
        if (missing.Count > 0) _errors.Add($"object has missing required properties ([{Quoted(missing)}])");
        CheckBounds(schema, names.Count, "Properties", "object has {0} properties");
        CheckDependencies(schema, value, names, depth);
    }

    /// <summary>False where only additionalProperties speaks of the member.</summary>
    private bool CheckMember(SchemaNode schema, JsonProperty member, int depth)
    {
        var named = schema.Properties.TryGetValue(member.Name, out var own);
        if (named) Check(own!, member.Value, depth + 1);
        foreach (var (pattern, patterned) in schema.PatternProperties)
        {
            if (!pattern.IsMatch(member.Name)) continue;
            named = true;
            Check(patterned, member.Value, depth + 1);
        }

        if (!named && schema.Schema("additionalProperties") is { } additional) Check(additional, member.Value, depth + 1);
        return named;
    }

    private void CheckDependencies(SchemaNode schema, JsonElement value, HashSet<string> names, int depth)
    {
        foreach (var (name, dependency) in schema.Dependencies)
        {
            if (!names.Contains(name)) continue;
            if (dependency is JsonArray needed && !needed.All(each => names.Contains(each!.GetValue<string>())))
                _errors.Add($"property \"{name}\" of object has missing property dependencies");
            else if (dependency is JsonObject source) Check(schema.Child(source), value, depth + 1);
        }
    }

    private void CheckArray(SchemaNode schema, JsonElement value, int depth)
    {
        var all = schema.Schema("items");
        var each = schema.Schemas("items");
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (all is not null) Check(all, item, depth + 1);
            else if (index < each.Count) Check(each[index], item, depth + 1);
            else if (each.Count > 0 && schema.Forbids("additionalItems")) _errors.Add("array has more items than allowed");
            if (_errors.Count >= MaxErrors) return;
            index++;
        }

        CheckBounds(schema, index, "Items", "array has {0} items");
        if (schema.Flag("uniqueItems") && HasTwins(value)) _errors.Add("array must not contain duplicate elements");
    }

    private static bool HasTwins(JsonElement value)
    {
        var items = value.EnumerateArray().ToList();
        return items.Where((item, index) => items.Take(index).Any(other => JsonElement.DeepEquals(other, item))).Any();
    }

    private void CheckString(SchemaNode schema, JsonElement value)
    {
        if (schema.Pattern is null && schema.Count("minLength") is null && schema.Count("maxLength") is null) return;
        if (TextOf(value) is not { } text)
        {
            _errors.Add("string is not valid text");
            return;
        }

        if (schema.Pattern is { } pattern && !pattern.IsMatch(text)) _errors.Add("string does not match the pattern of the schema");
        // A character beyond U+FFFF is one character in JSON Schema, and two in .NET.
        CheckBounds(schema, text.Length - text.Count(char.IsLowSurrogate), "Length", "string has {0} characters");
    }

    private void CheckNumber(SchemaNode schema, ExactNumber number)
    {
        if (schema.Number("minimum") is { } minimum && number.CompareTo(minimum) is var low && (low < 0 || (low == 0 && schema.Flag("exclusiveMinimum"))))
            _errors.Add("numeric instance is lower than the required minimum");
        if (schema.Number("maximum") is { } maximum && number.CompareTo(maximum) is var high && (high > 0 || (high == 0 && schema.Flag("exclusiveMaximum"))))
            _errors.Add("numeric instance is greater than the required maximum");
        if (schema.Number("multipleOf") is { } unit && !number.IsMultipleOf(unit)) _errors.Add("numeric instance is not a multiple of the schema's number");
    }

    private void CheckCombined(SchemaNode schema, JsonElement value, int depth)
    {
        foreach (var part in schema.Schemas("allOf")) Check(part, value, depth + 1);
        if (schema.Schemas("anyOf") is { Count: > 0 } any && !any.Any(part => Matches(part, value, depth + 1))) _errors.Add("instance matches none of anyOf");
        if (schema.Schemas("oneOf") is { Count: > 0 } one && one.Count(part => Matches(part, value, depth + 1)) != 1)
            _errors.Add("instance does not match exactly one of oneOf");
        if (schema.Schema("not") is { } not && Matches(not, value, depth + 1)) _errors.Add("instance matches what the schema forbids");
    }

    private void CheckBounds(SchemaNode schema, int count, string of, string message)
    {
        if (count < (schema.Count("min" + of) ?? 0) || count > (schema.Count("max" + of) ?? int.MaxValue))
            _errors.Add(string.Format(System.Globalization.CultureInfo.InvariantCulture, message, count) + ", outside of the schema's bounds");
    }

    /// <summary>The text; null where it escapes half of a surrogate pair, which is no text.</summary>
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool Is(string type, JsonElement value) => type == TypeOf(value) || (type == "number" && value.ValueKind == JsonValueKind.Number);

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => ExactNumber.IsInteger(value.GetRawText()) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };

    private static string Quoted(IEnumerable<string> names) => string.Join(",", names.Take(MaxErrors).Select(name => $"\"{name}\""));
}
