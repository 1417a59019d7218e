using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Velocity;

/// <summary>
/// java.util.regex where a template can reach it. The two languages agree on what templates use; replacement texts do not:
/// Java writes a literal <c>$</c> as <c>\$</c>, and takes any character behind a backslash as itself.
/// </summary>
internal static class JavaRegex
{
    /// <summary>For one match: patterns come with the template, but what they run over comes from anybody.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Templates use few patterns, again and again; one that makes them up as it goes gets no place here.</summary>
    private const int MaxCached = 500;
    private static readonly ConcurrentDictionary<string, Regex> Cache = new(StringComparer.Ordinal);

    /// <summary>The whole of the text matches.</summary>
    public static bool Matches(string text, string pattern) => Guard(pattern, () => Create($@"\A(?:{pattern})\z").IsMatch(text));

    public static string Replace(string text, string pattern, string replacement, int count) => Guard(pattern, () =>
    {
        var parts = ParseReplacement(replacement);
        var isFixed = parts.Count == 1;
        if (isFixed && count < 0 && TryLiteral(pattern) is { Length: > 0 } literal) return text.Replace(literal, parts[0].Text, StringComparison.Ordinal);
        return isFixed
            ? Create(pattern).Replace(text, parts[0].Text.Replace("$", "$$", StringComparison.Ordinal), count)
            : Create(pattern).Replace(text, match => Expand(match, parts), count);
    });

    /// <summary>With limit 0 the empty strings at the end are left out.</summary>
    public static List<object?> Split(string text, string pattern, int limit) => Guard(pattern, () =>
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
    });

    private static Regex Create(string pattern)
    {
        if (Cache.TryGetValue(pattern, out var known)) return known;
        var created = new Regex(pattern, RegexOptions.CultureInvariant, Timeout);
        if (Cache.Count < MaxCached) Cache.TryAdd(pattern, created);
        return created;
    }

    /// <summary>The text that a pattern without meaning matches, such as <c>\'</c>; null for any other.</summary>
    private static string? TryLiteral(string pattern)
    {
        var literal = new StringBuilder(pattern.Length);
        for (var at = 0; at < pattern.Length; at++)
        {
            if (pattern[at] == '\\' && at + 1 < pattern.Length && !char.IsAsciiLetterOrDigit(pattern[at + 1])) literal.Append(pattern[++at]);
            else if (@"\[](){}.*+?^$|".Contains(pattern[at], StringComparison.Ordinal)) return null;
            else literal.Append(pattern[at]);
        }

        return literal.ToString();
    }

    /// <summary>Text, and groups by number behind a dollar.</summary>
    private static List<(string Text, int Group)> ParseReplacement(string replacement)
    {
        var parts = new List<(string, int)>();
        var text = new StringBuilder();
        for (var at = 0; at < replacement.Length; at++)
        {
            var character = replacement[at];
            if (character is not ('\\' or '$')) text.Append(character);
            else if (++at == replacement.Length) throw new InvalidOperationException($"the replacement ends in '{character}'");
            else if (character == '\\') text.Append(replacement[at]);
            else if (!char.IsAsciiDigit(replacement[at])) throw new InvalidOperationException("a group's number is expected behind '$'");
            else
            {
                parts.Add((text.ToString(), replacement[at] - '0'));
                text.Clear();
            }
        }

        parts.Add((text.ToString(), -1));
        return parts;
    }

    private static string Expand(Match match, List<(string Text, int Group)> parts)
    {
        var result = new StringBuilder();
        foreach (var (text, group) in parts)
        {
            result.Append(text);
            if (group < 0) continue;
            if (group >= match.Groups.Count) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"there is no group {group}"));
            result.Append(match.Groups[group].Value);
        }

        return result.ToString();
    }

    private static T Guard<T>(string pattern, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (RegexMatchTimeoutException late)
        {
            throw new InvalidOperationException($"the pattern {pattern} takes too long", late);
        }
    }
}
