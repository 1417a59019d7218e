using System.Globalization;
using System.Text;

namespace SetGet.Tests.Api;

/// <summary>Makes requests that are wrong in some way: in their path, query, headers, body, or as HTTP.</summary>
internal sealed class MalformedRequests(int seed, string key)
{
    private static readonly string[] Odd =
    [
        "", " ", "%20", "%00", "%zz", "%C3%28", "%2F", "..", "a".PadRight(300, 'a'), "é", "\u0001", "<script>", "'\"", "-5", "0", "1e99", "99999999999999999999",
        "NaN", "null", "true", "{}", "[]", "*", "?", "&&", "=", ";", "a b", "a%0d%0ab", "%F0%9F%98%80", "W/\"", "\"",
    ];

    private static readonly string[] Queries = ["account", "wait", "limit", "after", "max", "lease", "key", "ttl", "reason", "flow", "unknown"];

    private static readonly string[] Headers =
    [
        "If-None-Match", "Idempotency-Key", "webhook-id", "Content-Encoding", "traceparent", "Accept", "Expect", "Range", "If-Modified-Since", "Content-Language",
        "X-Hub-Signature-256", "Stripe-Signature", "webhook-signature", "X-Api-Key", "Cookie", "Origin", "Upgrade",
    ];

    private static readonly string[] Members =
    [
        "accountId", "flowId", "webhookKeys", "data", "ttlSeconds", "leaseId", "account", "name", "roles", "expiresAt", "scheme", "secret", "burst", "x",
    ];

    private static readonly string[] Values =
    [
        "null", "1", "-1", "1e400", "\"\"", "\"a\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "[null]", "[[[[[[]]]]]]", "{}", "{\"a\":{}}", "true", "\"a b\"", "[\"k\",1]", "[\"k\",\"k\"]", "99999999999999999999",
        "\"2020-01-01\"", "tru", "\"unended", "[1,", "01", "\"\t\"", "NaN", "/* */ 1", "1,", "\"\\x\"", "\uFFFE", "\"\uFFFF\"",
    ];

    // Not for secrets: the same requests again on every run.
    private readonly Random _random = new(seed);

    public byte[] Next(string method, string path)
    {
        var body = _random.Next(4) == 0 ? Rubbish() : Encoding.UTF8.GetBytes(Json());
        var head = new StringBuilder($"{method} {Path(path)}{Query()} HTTP/1.1\r\nHost: x\r\n");
        if (_random.Next(10) > 0) head.Append(CultureInfo.InvariantCulture, $"X-Api-Key: {key}\r\n");
        for (var i = _random.Next(3); i > 0; i--) head.Append(CultureInfo.InvariantCulture, $"{Pick(Headers)}: {HeaderText()}\r\n");
        var hasBody = method is "POST" or "PUT" || _random.Next(4) == 0;
        if (!hasBody) return Encoding.Latin1.GetBytes(Broken(head.Append("\r\n").ToString()));
        if (_random.Next(8) > 0) head.Append("Content-Type: ").Append(_random.Next(5) > 0 ? "application/json" : HeaderText()).Append("\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.Latin1.GetBytes(Broken(head.ToString())), .. body];
    }

    /// <summary>A few are not even HTTP; those keep their end of headers, so that an answer can be expected.</summary>
    private string Broken(string head) => _random.Next(40) switch
    {
        0 => head.Replace(" HTTP/1.1", "", StringComparison.Ordinal),
        1 => head.Replace("Host: x\r\n", "", StringComparison.Ordinal),
        2 => head.Replace("Host: x", "Host: x\r\nHost: y", StringComparison.Ordinal),
        3 => head.Replace("Host: x", "Host: x\r\nno colon", StringComparison.Ordinal),
        4 => head.Replace("Host: x", "Host: x\r\n: no name", StringComparison.Ordinal),
        5 => head.Replace("HTTP/1.1", "HTTP/4.2", StringComparison.Ordinal),
        6 => head.Replace("Host: x", "Host: x\r\nA: " + new string('a', 40_000), StringComparison.Ordinal),
        _ => head,
    };

    private string Path(string template)
    {
        var parts = template.Split('/');
        for (var i = 0; i < parts.Length; i++)
            if (parts[i].StartsWith('{')) parts[i] = _random.Next(2) == 0 ? PathText() : "ok";
        return string.Join('/', parts);
    }

    private string PathText() => Pick(Odd).Replace(" ", "%20", StringComparison.Ordinal).Replace("?", "%3F", StringComparison.Ordinal).Replace("\u0001", "%01", StringComparison.Ordinal);

    private string Query()
    {
        var query = new StringBuilder("?account=malformed");
        for (var i = _random.Next(4); i > 0; i--) query.Append(CultureInfo.InvariantCulture, $"&{Pick(Queries)}={PathText().Replace("20", "0", StringComparison.Ordinal)}");
        return query.ToString();
    }

    // A wait that is valid would be waited for.
    private string HeaderText() => Pick(Odd).Replace("\u0001", "x", StringComparison.Ordinal);

    private string Json()
    {
        var members = Enumerable.Range(0, _random.Next(6)).Select(_ => $"\"{Pick(Members)}\":{Pick(Values)}");
        var text = "{" + string.Join(',', members) + "}";
        return _random.Next(6) == 0 ? text[..^_random.Next(1, text.Length)] : text;
    }

    private byte[] Rubbish()
    {
        var bytes = new byte[_random.Next(200)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private string Pick(string[] of) => of[_random.Next(of.Length)];
}
