using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace SetGet.Core.Signing;

/// <summary>
/// Twilio: <c>X-Twilio-Signature</c>, base64 of HMAC-SHA1 over the URL, followed by the form's fields sorted by name, each name and value; for a body that is no form
/// over the URL with <c>bodySHA256</c>, which Twilio adds to it. The URL is the one that the flow's source names: only the sender's side of a proxy knows it.
/// </summary>
internal sealed class TwilioScheme : ISignatureScheme
{
    private const string Form = "application/x-www-form-urlencoded";

    public string Name => "twilio";

    public string Headers => "X-Twilio-Signature";

    public SchemeDescription? Description
        => new("twilio", "X-Twilio-Signature", "BASE64 of HMAC-SHA1 over the URL of the flow's source and the sorted form, or the body's SHA-256.");

    public string? FaultOf(string secret) => Signatures.ShortSecret(secret);

    public SignatureFinding Check(in SignedWebhook webhook, string secret, DateTimeOffset acceptedAt, TimeSpan tolerance)
    {
        var given = webhook.Header("x-twilio-signature");
        if (given.Length == 0) return SignatureFinding.Missing;
        if (webhook.Url is not { } url) return SignatureFinding.Wrong;
        var signed = webhook.ContentType.StartsWith(Form, StringComparison.OrdinalIgnoreCase) ? url + Fields(webhook.Body) : WithBodyHash(url, webhook.Body);
        var expected = Signatures.Compute(HashAlgorithmName.SHA1, Encoding.UTF8.GetBytes(secret), signed, []);
        return Signatures.IsBase64Of(given, expected) ? SignatureFinding.Valid : SignatureFinding.Wrong;
    }

    public (string Text, bool WithBody) IdentityOf(in SignedWebhook webhook) => ("", WithBody: true);

    // Of a field that is given more than once Twilio signs each distinct value, in their order.
    private static string Fields(ReadOnlySpan<byte> body)
    {
        var text = new StringBuilder();
        foreach (var (name, values) in QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)).OrderBy(field => field.Key, StringComparer.Ordinal))
            foreach (var value in values.Distinct().Order(StringComparer.Ordinal)) text.Append(name).Append(value);
        return text.ToString();
    }

    private static string WithBodyHash(string url, ReadOnlySpan<byte> body)
        => $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}bodySHA256={Convert.ToHexStringLower(SHA256.HashData(body))}";
}
