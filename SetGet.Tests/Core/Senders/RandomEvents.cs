using System.Globalization;
using System.Text;

namespace SetGet.Tests.Core.Senders;

/// <summary>Makes rules and bodies that have much to do with each other: few names, all shapes of values. The same again for the same seed.</summary>
internal sealed class RandomEvents(int seed)
{
    private static readonly string[] Usual = ["a", "b", "id", "0"];
    private static readonly string[] Names = ["a", "b", "id", "0", "1", "2", "a/b", "m~n", "é", "", "x y", "%41", "𝄞", "a\"b", "order", "01", "-"];
    private static readonly string[] Texts = ["x", "4711", "octocat/Hello-World", "a:b", "", "é", "日本", "𝄞", " ", "-", "a b+c%", "\u0000", "\"\\\n", "~", new string('y', 122) + "é", new string('y', 123) + "é", new('y', 60), new('z', 127), new('w', 128), new('v', 129), "é\u20ac"];
    private static readonly string[] RawStrings = ["\"\\ud800\"", "\"\\udc00x\"", "\"\\ud834\\udd1e\"", "\"\\u0041\\/\\b\\f\\n\\r\\t\\\"\\\\\"", "\"\\ud834\\ud834\\udd1e\"", "\"a\\u00e9\\uD834\""];
    private static readonly string[] Numbers = ["0", "-1", "42", "1.50", "1E+9", "-0", "123456789012345678901234567890", "1e-7", new('7', 128), new('8', 129)];
    private static readonly string[] Literals = ["order-", "customer:", "x.", "a_b", "-", ":", "9", new('q', 40)];
    private static readonly string[] HeaderNames = ["X-GitHub-Event", "x-topic", "X-Missing", "X-Empty", "X-Odd"];

    private static readonly string[] Pieces = ["{", "}", "[", "]", ",", ":", "\"", "null", "\\ud800", "\"\\ud800\":1,", "\"a\":1,", "\0", "\u00ff", "=", "&", "%", "+", "%e9", "//", "\\u0061", new('[', 300), "tru", "\"\\ud800\\u0061\""];

    // Not for secrets.
    private readonly Random _random = new(seed);

    public static IReadOnlyDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["x-github-event"] = "push",
        ["x-topic"] = "orders/create",
        ["x-empty"] = "",
        ["x-odd"] = "é \u0001",
    };

    public string ContentType() => Pick(["application/json", "application/json; charset=utf-8", "application/vnd.x+json", "APPLICATION/JSON", "text/plain", "", "application/xml"]);

    public int MaxKeys() => Pick([1, 2, 3, 5, 20, 1000]);

    public string[] Rules() => [.. Enumerable.Range(0, _random.Next(1, 7)).Select(_ => Rule())];

    public byte[] Body() => Mutated(Value(0));

    public byte[] Form() => Mutated(string.Join('&', Enumerable.Range(0, _random.Next(6)).Select(_ => FormText(NameText()) + (_random.Next(8) == 0 ? "" : "=" + FormText(Pick(Texts))))));

    /// <summary>What may be no rule at all.</summary>
    public string Rubbish()
    {
        string[] pieces = ["{", "}", "/", "~", "~0", "~1", "header:", "id", "a", "-", " ", "é", "\ud834", "𝄞", "{/a}", "{header:X-A}", "{id}", "order", new('a', 130), "{}", "/a/b"];
        return string.Concat(Enumerable.Range(0, _random.Next(8)).Select(_ => Pick(pieces)));
    }

    private string Rule()
    {
        var rule = new StringBuilder();
        for (var n = _random.Next(1, 4); n > 0; n--)
        {
            if (_random.Next(2) == 0) rule.Append(_random.Next(8) == 0 ? Pick(Literals) : Pick(["order-", "c:", "x."]));
            rule.Append(_random.Next(8) switch { 0 => "{id}", 1 => "{header:" + Pick(HeaderNames) + "}", _ => Pointer() });
        }

        var text = rule.ToString();
        return char.IsAsciiLetterOrDigit(text[0]) || text[0] == '{' ? text : "k" + text;
    }

    private string Pointer()
    {
        var steps = Enumerable.Range(0, 1 + (_random.Next(2) == 0 ? 0 : _random.Next(3)))
            .Select(_ => NameText().Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        return "{/" + string.Join('/', steps) + "}";
    }

    private string Value(int depth) => _random.Next(depth == 0 ? 5 : 12 + (depth * 2)) switch
    {
        < 4 => "{" + string.Join(Space(), Enumerable.Range(0, _random.Next(depth == 0 ? 3 : 0, 9)).Select(_ => $"{Name()}{Blank()}:{Blank()}{Value(depth + 1)}").SelectMany((member, i) => i == 0 ? [member] : new[] { ",", member })) + "}",
        4 or 5 => "[" + string.Join(',', Enumerable.Range(0, _random.Next(5)).Select(_ => Value(depth + 1))) + "]",
        6 => "[" + string.Join(',', Enumerable.Range(0, _random.Next(2, 12)).Select(_ => _random.Next(30))) + "]",
        7 => Pick(Numbers),
        8 => Pick(["null", "true", "false"]),
        9 => Pick(RawStrings),
        _ => Quoted(Pick(Texts)),
    };

    private string Name() => _random.Next(12) == 0 ? Pick(RawStrings) : Quoted(NameText());

    private string NameText() => Pick(_random.Next(4) > 0 ? Usual : Names);

    private string Blank() => _random.Next(4) == 0 ? Pick([" ", "\n", "\t", "\r\n  "]) : "";

    private string Space() => Blank();

    private string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var each in text)
        {
            if (each < ' ' || each is '"' or '\\' || _random.Next(10) == 0) quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)each:x4}");
            else if (char.IsSurrogate(each)) quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)each:X4}");
            else quoted.Append(each);
        }

        return quoted.Append('"').ToString();
    }

    private string FormText(string text)
        => string.Concat(Encoding.UTF8.GetBytes(text).Select(each => each == ' ' && _random.Next(2) == 0 ? "+"
            : char.IsBetween((char)each, '!', '~') && !"%&=+".Contains((char)each, StringComparison.Ordinal) && _random.Next(6) > 0 ? ((char)each).ToString() : $"%{each:x2}"));

    private byte[] Mutated(string text)
    {
        if (_random.Next(6) > 0) return Encoding.UTF8.GetBytes(_random.Next(30) == 0 ? "\uFEFF" + text : text);
        var mutated = new StringBuilder(text);
        for (var n = _random.Next(1, 4); n > 0 && mutated.Length > 0; n--)
        {
            var at = _random.Next(mutated.Length);
            if (_random.Next(2) == 0) mutated.Insert(at, Pick(Pieces));
            else mutated.Remove(at, Math.Min(_random.Next(1, 8), mutated.Length - at));
        }

        var bytes = Encoding.UTF8.GetBytes(mutated.ToString());
        if (bytes.Length > 0 && _random.Next(2) == 0) bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        return bytes;
    }

    private T Pick<T>(T[] of) => of[_random.Next(of.Length)];
}
