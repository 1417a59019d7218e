using System.Buffers;
using System.Text;

namespace SetGet.Core.Events;

/// <summary>Which headers of a webhook are the event's, and how much of them is kept.</summary>
public static class HeaderRules
{
    /// <summary>Most headers of an event.</summary>
    public const int MaxCount = 64;

    /// <summary>Longest that they may be together, names and values in UTF-8. Bytes.</summary>
    public const int MaxBytes = 8 * 1024;

    /// <summary>What a name may be, in a sentence for error messages.</summary>
    public const string NameRule = "a header's name: 1 to 64 of A-Z a-z 0-9 and ! # $ % & ' * + - . ^ _ ` | ~";

    private const int MaxNameLength = 64;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 32).Append(127).Select(code => (char)code).Where(each => each != '\t')]);

    // Credentials; what is of the connection and not of the event; what has its own place in the envelope; what proxies add.
    private static readonly HashSet<string> NotTheEvents = new(StringComparer.Ordinal)
    {
        "authorization", "proxy-authorization", "cookie", "x-api-key",
        "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "expect",
        "host", "content-length", "content-type",
        "via", "forwarded", "x-real-ip", "x-amz-cf-id", "cdn-loop",
    };

    private static readonly string[] ProxyPrefixes = ["x-forwarded-", "x-amzn-", "cloudfront-"];

    /// <summary>True for a header's name.</summary>
    public static bool IsName(ReadOnlySpan<char> text) => text.Length is > 0 and <= MaxNameLength && !text.ContainsAnyExcept(NameCharacters);

    /// <summary>True for what a header's name may contain.</summary>
    public static bool IsNameCharacter(char character) => NameCharacters.Contains(character);

    /// <summary>Whether a header, by its lower-case name, is kept with the event.</summary>
    public static bool IsKept(string name)
        => IsName(name) && !NotTheEvents.Contains(name) && !Array.Exists(ProxyPrefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>True for a value that can be kept and sent back: no control character but a tab.</summary>
    public static bool IsValue(ReadOnlySpan<char> text) => !text.ContainsAny(Controls);

    /// <summary>Null for headers within the bounds; else what is wrong, in a sentence.</summary>
    public static string? FaultOf(IReadOnlyDictionary<string, string> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        if (headers.Count > MaxCount) return $"Must be at most {MaxCount} headers, besides those that are not kept; there are {headers.Count}.";
        var bytes = BytesOf(headers);
        return bytes > MaxBytes ? $"Must be at most {MaxBytes} bytes together, names and values; they are {bytes}." : null;
    }

    /// <summary>What they count. Bytes.</summary>
    public static int BytesOf(IReadOnlyDictionary<string, string> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        var bytes = 0;
        foreach (var (name, value) in headers) bytes += name.Length + Encoding.UTF8.GetByteCount(value);
        return bytes;
    }
}
