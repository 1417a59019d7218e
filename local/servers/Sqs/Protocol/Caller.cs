using Sqs.Engine;

namespace Sqs.Protocol;

/// <summary>
/// Who calls, as far as it matters here: account and region, which the credentials of a signed request name. The signature
/// itself is not checked.
/// </summary>
internal static class Caller
{
    private const string HostPrefix = "://sqs.";

    /// <summary>
    /// The region of the host's name (<c>sqs.REGION.anything</c>) or else of the credentials; the account is an access key of
    /// twelve digits. What is not said is <paramref name="home"/>'s.
    /// </summary>
    public static SqsAccount Of(SqsAccount home, in SqsCall call)
    {
        var (key, scope) = Credentials(call);
        var host = RegionOfHost(call.BaseUrl);
        var region = host.IsEmpty ? scope.AsSpan() : host;
        return home.With(SqsAccount.IsRegion(region) ? region : "", SqsAccount.IsId(key) ? key : "");
    }

    /// <summary>The region in a URL's host, or nothing.</summary>
    public static ReadOnlySpan<char> RegionOfHost(ReadOnlySpan<char> url)
    {
        var at = url.IndexOf(':');
        if (at < 0 || !url[at..].StartsWith(HostPrefix, StringComparison.Ordinal)) return default;
        var rest = url[(at + HostPrefix.Length)..];
        var label = rest[..Math.Max(0, rest.IndexOf('.'))];
        return SqsAccount.IsRegion(label) ? label : default;
    }

    /// <summary>Access key and region of <c>Credential=KEY/DATE/REGION/SERVICE/aws4_request</c>, in the header or in a signed URL.</summary>
    private static (string Key, string Region) Credentials(in SqsCall call)
    {
        var credential = After(call.Authorization, "Credential=") ?? After(call.QueryString, "X-Amz-Credential=")?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return credential?.Split('/', 4) is [var key, _, var region, _] ? (key, region) : ("", "");
    }

    private static string? After(string? text, string name) =>
        text?.IndexOf(name, StringComparison.Ordinal) is >= 0 and var at ? text[(at + name.Length)..] : null;
}
