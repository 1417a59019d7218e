using System.Globalization;
using System.Text.Json;
using Gateway.Mapping;

namespace Gateway.Schema;

/// <summary>Checks JSON against a model, and says what is wrong in words like API Gateway's.</summary>
internal sealed class SchemaValidator(SchemaNode model)
{
    /// <summary>Enough to help a sender; a body of a megabyte may have a hundred thousand faults.</summary>
    private const int MaxErrors = 20;
    private const int MaxDepth = 512;
    private readonly List<string> _errors = [];

    /// <summary>The faults; empty where there are none.</summary>
    public static IReadOnlyList<string> Validate(SchemaNode model, JsonElement value) => Validate(model, model.Root, value, 0);

    private static List<string> Validate(SchemaNode model, JsonElement schema, JsonElement value, int depth)
    {
        var validator = new SchemaValidator(model);
        validator.Check(schema, value, depth);
        return validator._errors;
    }

    private void Check(JsonElement schema, JsonElement value, int depth)
    {
        if (_errors.Count >= MaxErrors) return;
        if (depth > MaxDepth)
        {
            _errors.Add($"instance is nested deeper than {MaxDepth}");
            return;
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            Check(model.Find(reference.GetString()!), value, depth + 1);
            return;
        }

        var types = Items(schema, "type").Select(type => type.GetString()!).ToList();
        if (types.Count > 0 && !types.Exists(type => type == TypeOf(value) || (type == "number" && value.ValueKind == JsonValueKind.Number)))
        {
            _errors.Add($"instance type ({TypeOf(value)}) does not match any allowed primitive type (allowed: [{Quoted(types)}])");
            return;
        }

        if (schema.TryGetProperty("enum", out _) && !Items(schema, "enum").Contains(value, JsonByValue.Instance))
            _errors.Add("instance value is not one of the enumeration");
        switch (value.ValueKind)
        {
            case JsonValueKind.Object: CheckObject(schema, value, depth + 1); break;
            case JsonValueKind.Array: CheckArray(schema, value, depth + 1); break;
            case JsonValueKind.String: CheckString(schema, value); break;
            case JsonValueKind.Number: CheckNumber(schema, ExactNumber.Parse(value.GetRawText())); break;
            default: break;
        }

        CheckCombined(schema, value, depth + 1);
    }

    private void CheckObject(JsonElement schema, JsonElement value, int depth)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var others = new List<string>();
        foreach (var member in value.EnumerateObject())
        {
            var name = JsonValues.Text(() => member.Name);
            names.Add(name);
            var own = SchemasOf(schema, name).ToList();
            foreach (var each in own) Check(each, member.Value, depth);
            if (own.Count > 0) continue;
            others.Add(name);
            if (Schema(schema, "additionalProperties") is { } additional) Check(additional, member.Value, depth);
        }

        if (Is(schema, "additionalProperties", JsonValueKind.False) && others.Count > 0)
            _errors.Add($"object instance has properties which are not allowed by the schema: [{Quoted(others)}]");
        var missing = Items(schema, "required").Select(name => name.GetString()!).Where(name => !names.Contains(name)).ToList();
        if (missing.Count > 0) _errors.Add($"object has missing required properties ([{Quoted(missing)}])");
        CheckBounds(schema, names.Count, "Properties", "object has {0} properties");
        foreach (var dependency in Members(schema, "dependencies").Where(dependency => names.Contains(dependency.Name)))
        {
            if (dependency.Value.ValueKind == JsonValueKind.Object) Check(dependency.Value, value, depth);
            else if (!dependency.Value.EnumerateArray().All(needed => names.Contains(needed.GetString()!)))
                _errors.Add($"property \"{dependency.Name}\" of object has missing property dependencies");
        }
    }

    /// <summary>What speaks of a member by name or by pattern; where nothing does, additionalProperties does.</summary>
    private IEnumerable<JsonElement> SchemasOf(JsonElement schema, string name)
        => Members(schema, "properties").Where(member => member.NameEquals(name))
            .Concat(Members(schema, "patternProperties").Where(member => model.Pattern(member.Name).IsMatch(name))).Select(member => member.Value);

    private void CheckArray(JsonElement schema, JsonElement value, int depth)
    {
        var all = Schema(schema, "items");
        var each = all is null ? Items(schema, "items").ToList() : [];
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (all is not null) Check(all.Value, item, depth);
            else if (index < each.Count) Check(each[index], item, depth);
            else if (each.Count > 0 && Is(schema, "additionalItems", JsonValueKind.False)) _errors.Add("array has more items than allowed");
            if (_errors.Count >= MaxErrors) return;
            index++;
        }

        CheckBounds(schema, index, "Items", "array has {0} items");
        if (Is(schema, "uniqueItems", JsonValueKind.True) && value.EnumerateArray().ToHashSet(JsonByValue.Instance).Count < index)
            _errors.Add("array must not contain duplicate elements");
    }

    private void CheckString(JsonElement schema, JsonElement value)
    {
        var pattern = Text(schema, "pattern");
        if (pattern is null && Text(schema, "minLength") is null && Text(schema, "maxLength") is null) return;
        try
        {
            var text = value.GetString()!;
            if (pattern is not null && !model.Pattern(pattern).IsMatch(text)) _errors.Add("string does not match the pattern of the schema");
            // A character beyond U+FFFF is one character in JSON Schema, and two in .NET.
            CheckBounds(schema, text.Length - text.Count(char.IsLowSurrogate), "Length", "string has {0} characters");
        }
        catch (InvalidOperationException)
        {
            // It escapes half of a surrogate pair.
            _errors.Add("string is not valid text");
        }
    }

    private void CheckNumber(JsonElement schema, ExactNumber number)
    {
        if (Text(schema, "minimum") is { } minimum
            && number.CompareTo(ExactNumber.Parse(minimum)) < (Is(schema, "exclusiveMinimum", JsonValueKind.True) ? 1 : 0))
            _errors.Add("numeric instance is lower than the required minimum");
        if (Text(schema, "maximum") is { } maximum
            && number.CompareTo(ExactNumber.Parse(maximum)) > (Is(schema, "exclusiveMaximum", JsonValueKind.True) ? -1 : 0))
            _errors.Add("numeric instance is greater than the required maximum");
        if (Text(schema, "multipleOf") is { } unit && !number.IsMultipleOf(ExactNumber.Parse(unit))) _errors.Add(
            "numeric instance is not a multiple of the schema's number");
    }

    private void CheckCombined(JsonElement schema, JsonElement value, int depth)
    {
        bool Matches(JsonElement part) => Validate(model, part, value, depth).Count == 0;
        foreach (var part in Items(schema, "allOf")) Check(part, value, depth);
        if (schema.TryGetProperty("anyOf", out _) && !Items(schema, "anyOf").Any(Matches)) _errors.Add("instance matches none of anyOf");
        if (schema.TryGetProperty("oneOf", out _) && Items(schema, "oneOf").Count(Matches) != 1) _errors.Add("instance does not match exactly one of oneOf");
        if (Schema(schema, "not") is { } not && Matches(not)) _errors.Add("instance matches what the schema forbids");
    }

    private void CheckBounds(JsonElement schema, int count, string of, string message)
    {
        if ((Text(schema, "min" + of) is { } minimum && count < int.Parse(minimum)) || (Text(schema, "max" + of) is { } maximum && count > int.Parse(maximum)))
            _errors.Add(string.Format(CultureInfo.InvariantCulture, message, count) + ", outside of the schema's bounds");
    }

    private static bool Is(JsonElement schema, string keyword, JsonValueKind kind) => schema.TryGetProperty(keyword, out var value) && value.ValueKind == kind;

    private static JsonElement? Schema(JsonElement schema, string keyword)
        => schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string? Text(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out var value) ? value.ToString() : null;

    /// <summary>The items of a list, or the one value in its place.</summary>
    private static IEnumerable<JsonElement> Items(JsonElement schema, string keyword) => !schema.TryGetProperty(keyword, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];

    private static IEnumerable<JsonProperty> Members(JsonElement schema, string keyword)
        => Schema(schema, keyword) is { } members ? members.EnumerateObject() : [];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => ExactNumber.IsInteger(value.GetRawText()) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static string Quoted(IEnumerable<string> names) => string.Join(",", names.Take(MaxErrors).Select(name => $"\"{name}\""));
}
