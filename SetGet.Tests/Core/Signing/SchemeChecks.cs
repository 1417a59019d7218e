using System.Text;
using SetGet.Core.Signing;

namespace SetGet.Tests.Core.Signing;

/// <summary>Checks one webhook against one secret, with five minutes' tolerance.</summary>
internal static class SchemeChecks
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    internal static string Check(
        string scheme, Dictionary<string, string> headers, string body, string secret, long now, string contentType = "application/json", string? url = null)
        => Check(SignatureSchemes.All[scheme], headers, body, secret, now, contentType, url);

    internal static string Check(
        ISignatureScheme scheme, Dictionary<string, string> headers, string body, string secret, long now, string contentType, string? url)
    {
        var webhook = new SignedWebhook(headers, Encoding.UTF8.GetBytes(body), contentType, url);
        return scheme.Check(webhook, secret, DateTimeOffset.FromUnixTimeSeconds(now), Tolerance).ToString();
    }
}
