using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace SetGet.Core.Signing;

/// <summary>
/// Standard Webhooks 1.0 (standardwebhooks.com): <c>v1,BASE64</c> over <c>id.timestamp.body</c> with the secret <c>whsec_BASE64</c>, or <c>v1a,BASE64</c>,
/// an Ed25519 signature, with the sender's public key <c>whpk_BASE64</c>.
/// </summary>
/// <param name="family">What the headers' names begin with: <c>webhook</c>; Svix signs the same under <c>svix</c>.</param>
internal sealed class StandardWebhooksScheme(string name, string family) : ISignatureScheme
{
    private const string SecretPrefix = "whsec_";
    private const string PublicKeyPrefix = "whpk_";
    private const int PublicKeyBytes = 32;
    private const int SignatureBytes = 64;

    private readonly string _id = family + "-id";
    private readonly string _timestamp = family + "-timestamp";
    private readonly string _signature = family + "-signature";

    public string Name => name;

    public string Headers => $"{_id}, {_timestamp} and {_signature}";

    public SchemeDescription? Description => new(name, _signature, $"Standard Webhooks 1.0, v1 or v1a: {Headers}.");

    public bool CoversHeader(string header) => header == _id;

    public string? FaultOf(string secret)
    {
        if (secret.StartsWith(PublicKeyPrefix, StringComparison.Ordinal))
            return Decode(secret[PublicKeyPrefix.Length..]) is { Length: PublicKeyBytes } ? null : "Must be base64 of 32 bytes, after 'whpk_'.";
        return KeyOf(secret) switch
        {
            null => "Must be 'whsec_' and base64, or 'whpk_' and the base64 of a public key.",
            { Length: < 24 or > 64 } => "Must be base64 of 24 to 64 bytes, after 'whsec_'.",
            _ => null,
        };
    }

    public SignatureFinding Check(in SignedWebhook webhook, string secret, DateTimeOffset acceptedAt, TimeSpan tolerance)
    {
        var (id, time, signatures) = (webhook.Header(_id), webhook.Header(_timestamp), webhook.Header(_signature));
        if (id.Length == 0 || time.Length == 0 || signatures.Length == 0) return SignatureFinding.Missing;
        // Signatures are separated by spaces; those of several header lines, which a comma separates too, are as good.
        var each = signatures.Split(' ', Signatures.MaxPerRequest, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < each.Length; i++) each[i] = each[i].TrimEnd(',');
        var isMatch = secret.StartsWith(PublicKeyPrefix, StringComparison.Ordinal)
            ? IsSignedBy(secret[PublicKeyPrefix.Length..], $"{id}.{time}.", webhook.Body, each)
            : IsSignedWith(secret, $"{id}.{time}.", webhook.Body, each);
        if (!isMatch) return SignatureFinding.Wrong;
        return Signatures.IsInTime(time, acceptedAt, tolerance) ? SignatureFinding.Valid : SignatureFinding.OutOfTime;
    }

    public (string Text, bool WithBody) IdentityOf(in SignedWebhook webhook) => (webhook.Header(_id), WithBody: false);

    private static bool IsSignedWith(string secret, string prefix, ReadOnlySpan<byte> body, string[] signatures)
    {
        if (KeyOf(secret) is not { } key) return false;
        var expected = Signatures.Compute(HashAlgorithmName.SHA256, key, prefix, body);
        var isMatch = false;
        foreach (var each in signatures)
            isMatch |= each.StartsWith("v1,", StringComparison.Ordinal) && Signatures.IsBase64Of(each.AsSpan(3), expected);
        return isMatch;
    }

    // The key is public: there is nothing that time could tell.
    private static bool IsSignedBy(string publicKey, string prefix, ReadOnlySpan<byte> body, string[] signatures)
    {
        if (Decode(publicKey) is not { Length: PublicKeyBytes } key) return false;
        byte[] message = [.. Encoding.UTF8.GetBytes(prefix), .. body];
        foreach (var each in signatures)
        {
            if (each.StartsWith("v1a,", StringComparison.Ordinal) && Decode(each[4..]) is { Length: SignatureBytes } signature
                && Ed25519.Verify(signature, 0, key, 0, message, 0, message.Length)) return true;
        }

        return false;
    }

    private static byte[]? KeyOf(string secret) => Decode(secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret);

    private static byte[]? Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64Chars(base64, bytes, out var length) ? bytes[..length] : null;
    }
}
