using System.Text;

namespace SetGet.Api.Signing;

/// <summary>Stripe: <c>Stripe-Signature: t=SECONDS,v1=HEX</c> over <c>t.body</c>, with the whole secret as the key.</summary>
internal sealed class StripeScheme : ISignatureScheme
{
    public string Name => "stripe";

    public string Headers => "Stripe-Signature";

    public SchemeDescription Description => new("Stripe", "Stripe-Signature", "t=SECONDS,v1=HEX over t.body.");

    public string? FaultOf(string secret)
        => secret.Length < Signatures.MinSecretLength ? $"Must be at least {Signatures.MinSecretLength} characters." : null;

    public SignatureFinding Check(IHeaderDictionary headers, ReadOnlySpan<byte> body, string secret, DateTimeOffset now, TimeSpan tolerance)
    {
        var header = headers["Stripe-Signature"].ToString();
        if (header.Length == 0) return SignatureFinding.Missing;
        var (parts, time) = Parts(header);
        var expected = Signatures.Compute(Encoding.UTF8.GetBytes(secret), time + ".", body);
        var isMatch = false;
        foreach (var part in parts)
            isMatch |= part.StartsWith("v1=", StringComparison.Ordinal) && Signatures.IsHexOf(part.AsSpan(3), expected);
        if (!isMatch) return SignatureFinding.Wrong;
        return Signatures.IsInTime(time, now, tolerance) ? SignatureFinding.Valid : SignatureFinding.OutOfTime;
    }

    // The time is signed: another delivery of the same body is another event.
    public (string Text, bool WithBody) IdentityOf(IHeaderDictionary headers) => (Parts(headers["Stripe-Signature"].ToString()).Time, WithBody: true);

    private static (string[] Parts, string Time) Parts(string header)
    {
        var parts = header.Split(',', Signatures.MaxPerRequest, StringSplitOptions.TrimEntries);
        return (parts, Array.Find(parts, part => part.StartsWith("t=", StringComparison.Ordinal))?[2..] ?? "");
    }
}
