using System.Security.Cryptography;
using System.Text;

namespace SetGet.Core.Signing;

/// <summary>Stripe: <c>Stripe-Signature: t=SECONDS,v1=HEX</c> over <c>t.body</c>, with the whole secret as the key.</summary>
internal sealed class StripeScheme : ISignatureScheme
{
    private const string Header = "stripe-signature";

    public string Name => "stripe";

    public string Headers => "Stripe-Signature";

    public SchemeDescription? Description => new("stripe", "Stripe-Signature", "t=SECONDS,v1=HEX of HMAC-SHA256 over t.body.");

    public string? FaultOf(string secret) => Signatures.ShortSecret(secret);

    public SignatureFinding Check(in SignedWebhook webhook, string secret, DateTimeOffset acceptedAt, TimeSpan tolerance)
    {
        var header = webhook.Header(Header);
        if (header.Length == 0) return SignatureFinding.Missing;
        var (parts, time) = Parts(header);
        var expected = Signatures.Compute(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), time + ".", webhook.Body);
        var isMatch = false;
        foreach (var part in parts)
            isMatch |= part.StartsWith("v1=", StringComparison.Ordinal) && Signatures.IsHexOf(part.AsSpan(3), expected);
        if (!isMatch) return SignatureFinding.Wrong;
        return Signatures.IsInTime(time, acceptedAt, tolerance) ? SignatureFinding.Valid : SignatureFinding.OutOfTime;
    }

    // The time is signed: another delivery of the same body is another event, unless the flow's idPointer says which.
    public (string Text, bool WithBody) IdentityOf(in SignedWebhook webhook) => (Parts(webhook.Header(Header)).Time, WithBody: true);

    private static (string[] Parts, string Time) Parts(string header)
    {
        var parts = header.Split(',', Signatures.MaxPerRequest, StringSplitOptions.TrimEntries);
        return (parts, Array.Find(parts, part => part.StartsWith("t=", StringComparison.Ordinal))?[2..] ?? "");
    }
}
