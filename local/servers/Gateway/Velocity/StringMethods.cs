using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Velocity;

/// <summary>The methods of java.lang.String that a template can call.</summary>
internal static class StringMethods
{
    private static readonly char[] JavaSpace = [.. Enumerable.Range(0, ' ' + 1).Select(code => (char)code)];

    public static object? Call(string text, string name, List<object?> arguments) => (name, arguments) switch
    {
        ("length", []) => (long)text.Length,
        ("isEmpty", []) => text.Length == 0,
        ("toLowerCase", []) => text.ToLowerInvariant(),
        ("toUpperCase", []) => text.ToUpperInvariant(),
        // Java trims what is not above the space, and nothing else.
        ("trim", []) => text.Trim(JavaSpace),
        ("hashCode", []) => (long)text.Aggregate(0, (hash, character) => unchecked((31 * hash) + character)),
        ("substring", [long from]) => text[Bound(text, from)..],
        ("substring" or "subSequence", [long from, long to]) => text[Bound(text, from)..Bound(text, to)],
        ("charAt", [long at]) => text[Bound(text, at)..][..1],
        ("codePointAt", [long at]) => (long)char.ConvertToUtf32(text, Bound(text, at)),
        ("concat", [string other]) => text + other,
        ("replace", [string old, string other]) => Replace(text, old, other),
        ("replaceAll", [string pattern, string other]) => JavaRegex.Replace(text, pattern, other, -1),
        ("replaceFirst", [string pattern, string other]) => JavaRegex.Replace(text, pattern, other, 1),
        ("matches", [string pattern]) => JavaRegex.Matches(text, pattern),
        ("split", [string pattern]) => JavaRegex.Split(text, pattern, 0),
        ("split", [string pattern, long limit]) => JavaRegex.Split(text, pattern, (int)limit),
        ("contains", [string part]) => text.Contains(part, StringComparison.Ordinal),
        ("startsWith", [string part]) => text.StartsWith(part, StringComparison.Ordinal),
        ("startsWith", [string part, long from]) => from >= 0 && from <= text.Length && text[(int)from..].StartsWith(part, StringComparison.Ordinal),
        ("endsWith", [string part]) => text.EndsWith(part, StringComparison.Ordinal),
        ("indexOf", [string part]) => (long)text.IndexOf(part, StringComparison.Ordinal),
        ("indexOf", [string part, long from]) => (long)text.IndexOf(part, (int)Math.Clamp(from, 0, text.Length), StringComparison.Ordinal),
        ("lastIndexOf", [string part]) => (long)text.LastIndexOf(part, StringComparison.Ordinal),
        ("equalsIgnoreCase", [var other]) => string.Equals(text, other as string, StringComparison.OrdinalIgnoreCase),
        ("contentEquals", [string other]) => string.Equals(text, other, StringComparison.Ordinal),
        ("compareTo", [string other]) => (long)string.CompareOrdinal(text, other),
        ("compareToIgnoreCase", [string other]) => (long)string.Compare(text, other, StringComparison.OrdinalIgnoreCase),
        _ => null,
    };

    /// <summary>Java puts the new text between all characters where the old one is empty; .NET refuses it.</summary>
    private static string Replace(string text, string old, string other)
    {
        var places = old.Length == 0 ? text.Length + 1 : other.Length > old.Length ? text.AsSpan().Count(old) : 0;
        if (text.Length + ((long)places * other.Length) > JavaText.MaxLength) throw JavaRegex.TooLong();
        return old.Length > 0
            ? text.Replace(old, other, StringComparison.Ordinal)
            : other + string.Concat(text.Select(character => character + other));
    }

    private static int Bound(string text, long at)
        => at >= 0 && at <= text.Length ? (int)at : throw new InvalidOperationException($"index {at} is outside of a string of {text.Length} characters");
}

/// <summary>
/// java.util.regex where a template can reach it. The two languages agree on what templates use; replacement texts do not:
/// Java writes a literal <c>$</c> as <c>\$</c>, and takes any character behind a backslash as itself.
/// </summary>
internal static class JavaRegex
{
    /// <summary>For one match: patterns come with the template, but what they run over comes from anybody.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>The whole of the text matches.</summary>
    public static bool Matches(string text, string pattern) => Create($@"\A(?:{pattern})\z").IsMatch(text);

    public static string Replace(string text, string pattern, string replacement, int count)
    {
        var (regex, to) = (Create(pattern), ToNet(replacement));
        if (!to.Contains('$', StringComparison.Ordinal))
        {
            var places = count < 0 ? regex.Count(text) : count;
            return text.Length + ((long)places * to.Length) <= JavaText.MaxLength ? regex.Replace(text, to, count) : throw TooLong();
        }

        var length = 0L;
        return regex.Replace(text, match => Bounded(match.Result(to)), count);

        string Bounded(string result) => (length += result.Length) <= JavaText.MaxLength ? result : throw TooLong();
    }

    public static InvalidOperationException TooLong() => new($"a text becomes longer than {JavaText.MaxLength} characters");

    /// <summary>With limit 0 the empty strings at the end are left out.</summary>
    public static List<object?> Split(string text, string pattern, int limit)
    {
        var parts = new List<object?>();
        var start = 0;
        foreach (Match match in Create(pattern).Matches(text))
        {
            if (limit > 0 && parts.Count == limit - 1) break;
            if (match is { Length: 0, Index: 0 } || (match.Length == 0 && match.Index == text.Length)) continue;
            parts.Add(text[start..match.Index]);
            start = match.Index + match.Length;
        }

        parts.Add(text[start..]);
        while (limit == 0 && parts.Count > 1 && parts[^1] is "") parts.RemoveAt(parts.Count - 1);
        return parts;
    }

    private static Regex Create(string pattern) => new(pattern, RegexOptions.CultureInvariant, Timeout);

    private static string ToNet(string replacement)
    {
        var result = new StringBuilder();
        for (var at = 0; at < replacement.Length; at++)
        {
            var character = replacement[at];
            if (character is not ('\\' or '$')) result.Append(character);
            else if (++at == replacement.Length) throw new InvalidOperationException($"the replacement ends in '{character}'");
            else if (character == '\\') result.Append(replacement[at] == '$' ? "$$" : $"{replacement[at]}");
            else if (char.IsAsciiDigit(replacement[at])) result.Append("${").Append(replacement[at]).Append('}');
            else throw new InvalidOperationException("a group's number is expected behind '$'");
        }

        return result.ToString();
    }
}
