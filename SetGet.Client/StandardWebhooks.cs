using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SetGet.Client;

/// <summary>Signs webhooks by Standard Webhooks 1.0 (standardwebhooks.com), with a shared secret.</summary>
public static class StandardWebhooks
{
    private const string Prefix = "whsec_";

    /// <summary>A secret of 32 random bytes, for both sides: <c>whsec_BASE64</c>.</summary>
    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>True for base64 of 24 to 64 bytes, after <c>whsec_</c> or alone.</summary>
    public static bool IsSecret(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return TryDecode(secret) is { Length: >= 24 and <= 64 };
    }

    /// <summary>The value of the header <c>webhook-signature</c>.</summary>
    /// <param name="secret">As <see cref="IsSecret"/>.</param>
    /// <param name="id">The value of <c>webhook-id</c>.</param>
    /// <param name="time">When it is sent; <c>webhook-timestamp</c> is <see cref="Timestamp"/> of it.</param>
    /// <param name="body">The body, byte for byte as it is sent.</param>
    /// <exception cref="ArgumentException">The secret is none.</exception>
    public static string Sign(string secret, string id, DateTimeOffset time, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var key = TryDecode(secret) ?? throw new ArgumentException("The secret must be base64, after 'whsec_' or alone.", nameof(secret));
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{Timestamp(time)}."));
        hmac.AppendData(body);
        return "v1," + Convert.ToBase64String(hmac.GetHashAndReset());
    }

    /// <summary>The value of the header <c>webhook-timestamp</c>: epoch seconds.</summary>
    public static string Timestamp(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static byte[]? TryDecode(string secret)
    {
        var text = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret.AsSpan(Prefix.Length) : secret;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64Chars(text, bytes, out var length) ? bytes[..length] : null;
    }
}
