using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SetGet.Core.Events;
using SetGet.Core.Senders;

namespace SetGet.Tests.Core.Senders;

/// <summary>What key rules mean, as plainly as it can be said: over a tree, with regular expressions and no care for speed.</summary>
internal static class KeyRulesModel
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private static readonly Regex Placeholder = new(@"\{(?<what>[^}]*)\}", RegexOptions.ExplicitCapture, Soon);
    private static readonly Regex Percent = new("%[0-9A-Fa-f]{2}", RegexOptions.None, Soon);
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static (List<string> Keys, RuleFaultKind? Fault) Evaluate(
        IReadOnlyList<string> rules, byte[] body, string contentType, IReadOnlyDictionary<string, string> headers, string id, int maxKeys)
    {
        var type = contentType.Split(';')[0].Trim().ToLowerInvariant();
        var fields = type == "application/x-www-form-urlencoded" ? Fields(body) : null;
        var tree = fields is null ? Tree(body) : null;
        var saysJson = type == "application/json" || type.EndsWith("+json", StringComparison.Ordinal);
        RuleFaultKind? fault = saysJson && tree is null && rules.Any(rule => rule.Contains("{/", StringComparison.Ordinal)) ? RuleFaultKind.NotJson : null;
        var keys = new List<string>();
        foreach (var rule in rules)
        {
            var names = Placeholder.Matches(rule).Select(match => match.Groups["what"].Value).Distinct().ToList();
            var values = names.Select(name => Values(name, fields, tree, headers, id).Where(value => value.Length > 0).Select(Encoded).ToList()).ToList();
            foreach (var chosen in Combinations(values))
            {
                var key = Placeholder.Replace(rule, match => chosen[names.IndexOf(match.Groups["what"].Value)]);
                if (!Names.IsWebhookKey(key) || keys.Contains(key)) continue;
                if (keys.Count == maxKeys) return (keys, fault ?? RuleFaultKind.TooMany);
                keys.Add(key);
            }
        }

        return (keys, fault);
    }

    private static IEnumerable<string[]> Combinations(IEnumerable<List<string>> values)
        => values.Aggregate<List<string>, IEnumerable<string[]>>([[]], (all, next) => all.SelectMany(begun => next.Select(value => (string[])[.. begun, value])));

    private static IEnumerable<byte[]> Values(
        string what, List<(byte[] Name, byte[] Value)>? fields, JsonElement? tree, IReadOnlyDictionary<string, string> headers, string id)
    {
        if (what == "id") return [Encoding.UTF8.GetBytes(id)];
        if (what.StartsWith("header:", StringComparison.Ordinal))
            return headers.TryGetValue(what[7..].ToLowerInvariant(), out var header) ? [Encoding.UTF8.GetBytes(header)] : [];
        var steps = what[1..].Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
        if (fields is not null)
            return steps.Length > 1 ? [] : fields.Where(field => field.Name.SequenceEqual(Encoding.UTF8.GetBytes(steps[0])) && IsUtf8(field.Value)).Select(field => field.Value);
        var found = steps.Aggregate(tree, (at, step) => at is { } element ? Step(element, step) : null);
        if (found is not { } value) return [];
        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(Scalar) : Scalar(value);
    }

    private static IEnumerable<byte[]> Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Text(value.GetString) is { } text ? [Encoding.UTF8.GetBytes(text)] : [],
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => [Encoding.UTF8.GetBytes(value.GetRawText())],
        _ => [],
    };

    private static JsonElement? Step(JsonElement at, string step)
    {
        if (at.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in at.EnumerateObject())
                if (Text(() => member.Name) == step) return member.Value;
        }
        else if (at.ValueKind == JsonValueKind.Array && step.All(char.IsAsciiDigit) && (step == "0" || !step.StartsWith('0')) && int.TryParse(step, out var index))
            return index < at.GetArrayLength() ? at[index] : null;

        return null;
    }

    private static string Encoded(byte[] value)
        => string.Concat(value.Select(each => char.IsAsciiLetterOrDigit((char)each) || each is (byte)'.' or (byte)'_' or (byte)'-' ? ((char)each).ToString() : $":{each:X2}"));

    private static JsonElement? Tree(byte[] body)
    {
        try
        {
            byte[] text = body is [0xEF, 0xBB, 0xBF, ..] ? body[3..] : body;
            return JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 256 }).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<(byte[] Name, byte[] Value)> Fields(byte[] body)
        => [.. Encoding.Latin1.GetString(body).Split('&').Select(field => field.Split('=', 2)).Select(parts => (Decoded(parts[0]), Decoded(parts.Length > 1 ? parts[1] : "")))];

    private static byte[] Decoded(string text)
        => Encoding.Latin1.GetBytes(Percent.Replace(text.Replace('+', ' '), match => ((char)Convert.ToByte(match.Value[1..], 16)).ToString()));

    private static bool IsUtf8(byte[] value) => Text(() => Strict.GetString(value)) is not null;

    private static string? Text(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
