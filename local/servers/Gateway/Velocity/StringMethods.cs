namespace Gateway.Velocity;

/// <summary>The methods of java.lang.String that a template can call.</summary>
internal static class StringMethods
{
    public static object? Call(string text, string name, List<object?> arguments) => (name, arguments) switch
    {
        ("length", []) => (long)text.Length,
        ("isEmpty", []) => text.Length == 0,
        ("toLowerCase", []) => text.ToLowerInvariant(),
        ("toUpperCase", []) => text.ToUpperInvariant(),
        // Java trims what is not above the space, and nothing else.
        ("trim", []) => Trim(text),
        ("hashCode", []) => (long)HashCode(text),
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
        _ => Compare(text, name, arguments),
    };

    private static object? Compare(string text, string name, List<object?> arguments) => (name, arguments) switch
    {
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
    private static string Replace(string text, string old, string other) =>
        old.Length > 0
            ? text.Replace(old, other, StringComparison.Ordinal)
            : other + string.Concat(text.Select(character => character + other));

    private static string Trim(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && text[start] <= ' ') start++;
        while (end > start && text[end - 1] <= ' ') end--;
        return text[start..end];
    }

    private static int HashCode(string text)
    {
        var hash = 0;
        foreach (var character in text) hash = unchecked((31 * hash) + character);
        return hash;
    }

    private static int Bound(string text, long at) =>
        at >= 0 && at <= text.Length ? (int)at : throw new InvalidOperationException($"index {at} is outside of a string of {text.Length} characters");
}
