using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SetGet.Core.Events;

namespace SetGet.Core.Signing;

/// <summary>What the schemes share.</summary>
public static class Signatures
{
    /// <summary>Shortest secret that is worth its name. Characters.</summary>
    public const int MinSecretLength = 16;

    /// <summary>More signatures than a rotation needs are not looked at.</summary>
    internal const int MaxPerRequest = 10;

    private const int LongestHash = 64;

    /// <summary>The idempotency key of a signed delivery. No header can spell it: see <see cref="IdempotencyKeys"/>.</summary>
    public static string IdempotencyKey(ISignatureScheme scheme, in SignedWebhook webhook)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        var (text, withBody) = scheme.IdentityOf(webhook);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{scheme.Name}.{text}."));
        if (withBody) hash.AppendData(webhook.Body);
        return IdempotencyKeys.Signed + Base64Url.EncodeToString(hash.GetHashAndReset());
    }

    /// <summary>What is wrong with a secret that may be any text; null where nothing is.</summary>
    public static string? ShortSecret(string secret) => secret.Length < MinSecretLength ? $"Must be at least {MinSecretLength} characters." : null;

    /// <summary>Whether somebody has shown the secret itself; in constant time. Hashed first, so that the lengths say nothing either.</summary>
    internal static bool IsSecret(string given, string secret)
        => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    internal static byte[] Compute(HashAlgorithmName algorithm, ReadOnlySpan<byte> key, string prefix, ReadOnlySpan<byte> body, string suffix = "")
    {
        using var hmac = IncrementalHash.CreateHMAC(algorithm, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(prefix));
        hmac.AppendData(body);
        if (suffix.Length > 0) hmac.AppendData(Encoding.UTF8.GetBytes(suffix));
        return hmac.GetHashAndReset();
    }

    internal static bool IsHexOf(ReadOnlySpan<char> hex, ReadOnlySpan<byte> expected)
    {
        Span<byte> given = stackalloc byte[LongestHash];
        return hex.Length == expected.Length * 2 && Convert.FromHexString(hex, given, out _, out var length) == OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given[..length], expected);
    }

    internal static bool IsBase64Of(ReadOnlySpan<char> base64, ReadOnlySpan<byte> expected)
    {
        Span<byte> given = stackalloc byte[LongestHash + 2];
        return base64.Length == (expected.Length + 2) / 3 * 4 && Convert.TryFromBase64Chars(base64, given, out var length)
            && CryptographicOperations.FixedTimeEquals(given[..length], expected);
    }

    /// <summary>Whether epoch seconds, as text, are within the tolerance of a time, either way.</summary>
    internal static bool IsInTime(ReadOnlySpan<char> seconds, DateTimeOffset acceptedAt, TimeSpan tolerance)
        => long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
        && Math.Abs((decimal)acceptedAt.ToUnixTimeSeconds() - time) <= (decimal)tolerance.TotalSeconds;
}
