namespace SetGet.Api.Signing;

/// <summary>Standard Webhooks 1.0 (standardwebhooks.com): <c>v1,BASE64</c> over <c>id.timestamp.body</c>, secret <c>whsec_BASE64</c>.</summary>
internal sealed class StandardWebhooksScheme : ISignatureScheme
{
    private const string SecretPrefix = "whsec_";

    public string Name => "standard";

    public string Headers => "webhook-id, webhook-timestamp and webhook-signature";

    public SchemeDescription Description
        => new("StandardWebhooks", "webhook-signature", "Standard Webhooks 1.0: webhook-id, webhook-timestamp and webhook-signature.");

    public string? FaultOf(string secret) => KeyOf(secret) switch
    {
        null => "Must be 'whsec_' and base64.",
        { Length: < 24 or > 64 } => "Must be base64 of 24 to 64 bytes, after 'whsec_'.",
        _ => null,
    };

    public SignatureFinding Check(IHeaderDictionary headers, ReadOnlySpan<byte> body, string secret, DateTimeOffset now, TimeSpan tolerance)
    {
        // Signatures are separated by spaces; those of several header lines are as good.
        var (id, time, signatures) =
            (headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), string.Join(' ', headers["webhook-signature"].ToArray()));
        if (id.Length == 0 || time.Length == 0 || signatures.Length == 0) return SignatureFinding.Missing;
        if (KeyOf(secret) is not { } key) return SignatureFinding.Wrong;
        var expected = Signatures.Compute(key, $"{id}.{time}.", body);
        var isMatch = false;
        foreach (var each in signatures.Split(' ', Signatures.MaxPerRequest))
            isMatch |= each.StartsWith("v1,", StringComparison.Ordinal) && Signatures.IsBase64Of(each.AsSpan(3), expected);
        if (!isMatch) return SignatureFinding.Wrong;
        return Signatures.IsInTime(time, now, tolerance) ? SignatureFinding.Valid : SignatureFinding.OutOfTime;
    }

    public (string Text, bool WithBody) IdentityOf(IHeaderDictionary headers) => (headers["webhook-id"].ToString(), WithBody: false);

    private static byte[]? KeyOf(string secret)
    {
        var text = secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret.AsSpan(SecretPrefix.Length) : secret.AsSpan();
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64Chars(text, bytes, out var length) ? bytes[..length] : null;
    }
}
