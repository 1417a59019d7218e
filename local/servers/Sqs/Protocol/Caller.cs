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
        var region = host.IsEmpty ? scope : host;
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
    private static Credential Credentials(in SqsCall call)
    {
        if (call.Authorization is { } header && After(header, "Credential=") is { IsEmpty: false } value) return new Credential(value, "/");
        var signed = After(call.QueryString, "X-Amz-Credential=");
        return new Credential(signed, signed.IndexOf('/') >= 0 ? "/" : "%2F");
    }

    private static ReadOnlySpan<char> After(ReadOnlySpan<char> text, string name)
    {
        var at = text.IndexOf(name, StringComparison.Ordinal);
        return at < 0 ? default : text[(at + name.Length)..];
    }

    /// <summary>The two parts that matter.</summary>
    private readonly ref struct Credential
    {
        private readonly ReadOnlySpan<char> _key;
        private readonly ReadOnlySpan<char> _region;

        public Credential(ReadOnlySpan<char> text, string separator)
        {
            _key = Next(ref text, separator);
            Next(ref text, separator);
            _region = Next(ref text, separator);
        }

        public void Deconstruct(out ReadOnlySpan<char> key, out ReadOnlySpan<char> region)
        {
            key = _key;
            region = _region;
        }

        private static ReadOnlySpan<char> Next(scoped ref ReadOnlySpan<char> text, string separator)
        {
            var at = text.IndexOf(separator, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                text = default;
                return default;
            }

            var part = text[..at];
            text = text[(at + separator.Length)..];
            return part;
        }
    }
}
