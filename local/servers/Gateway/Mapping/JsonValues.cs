using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Gateway.Velocity;

namespace Gateway.Mapping;

/// <summary>JSON as templates see it, and values of templates as JSON.</summary>
internal static class JsonValues
{
    /// <summary>Nesting that a JSON parser follows before it gives up.</summary>
    public const int MaxDepth = 1000;

    public static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Null where the text is not JSON.</summary>
    public static object? Parse(string text, out bool isJson)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            isJson = true;
            return Of(document.RootElement);
        }
        catch (JsonException)
        {
            isJson = false;
            return null;
        }
    }

    public static object? Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => OfObject(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Of).ToList(),
        JsonValueKind.String => Text(() => element.GetString()!),
        JsonValueKind.Number => OfNumber(element.GetRawText()),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>Compact JSON, non-ASCII as it is.</summary>
    public static string Write(object? value)
    {
        var output = new StringBuilder();
        Write(value, output, 0);
        return output.ToString();
    }

    private static VelocityMap OfObject(JsonElement element)
    {
        var map = new VelocityMap();
        foreach (var member in element.EnumerateObject()) map[Text(() => member.Name)] = Of(member.Value);
        return map;
    }

    /// <summary>Half a surrogate pair, which JSON can escape and .NET cannot decode, reads as U+FFFD.</summary>
    internal static string Text(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    private static object OfNumber(string text)
    {
        if (!BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return double.Parse(text, CultureInfo.InvariantCulture);
        return Numbers.Shrink(whole);
    }

    // A template may put a value into itself.
    private static void Write(object? value, StringBuilder output, int depth)
    {
        JavaText.Check(output, depth);
        switch (value)
        {
            case null: output.Append("null"); break;
            case string text: WriteText(text, output); break;
            case VelocityMap map:
                WriteItems(
                map, '{', '}', entry => { WriteText(entry.Key, output); output.Append(':'); Write(entry.Value, output, depth + 1); }, output); break;
            case List<object?> list: WriteItems(list, '[', ']', item => Write(item, output, depth + 1), output); break;
            default: output.Append(JavaText.Of(value)); break;
        }
    }

    private static void WriteItems<T>(IEnumerable<T> items, char open, char close, Action<T> write, StringBuilder output)
    {
        output.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first) output.Append(',');
            first = false;
            write(item);
        }

        output.Append(close);
    }

    private static void WriteText(string text, StringBuilder output)
        => Escape(output.Append('"'), text, "\"\\", "\n\r\t", "nrt", char.MaxValue).Append('"');

    /// <summary>Writes text with a backslash before some signs, letters for some controls, and \uXXXX for the other controls and what comes after the last.</summary>
    internal static StringBuilder Escape(StringBuilder output, string text, string signs, string controls, string letters, char last)
    {
        foreach (var character in text)
        {
            if (signs.Contains(character, StringComparison.Ordinal)) output.Append('\\').Append(character);
            else if (controls.IndexOf(character, StringComparison.Ordinal) is >= 0 and var letter) output.Append('\\').Append(letters[letter]);
            else if (character < ' ' || character > last) output.Append("\\u").Append(((int)character).ToString("X4", CultureInfo.InvariantCulture));
            else output.Append(character);
        }

        return output;
    }
}
