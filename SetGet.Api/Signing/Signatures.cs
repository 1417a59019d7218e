using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SetGet.Api.Signing;

/// <summary>What the schemes share.</summary>
internal static class Signatures
{
    /// <summary>Shortest secret that is worth its name. Characters.</summary>
    public const int MinSecretLength = 16;

    /// <summary>What the idempotency keys of signed deliveries begin with.</summary>
    public const string IdempotencyPrefix = "signed:";

    /// <summary>More signatures than a rotation needs are not looked at. </summary>
    public const int MaxPerRequest = 10;

    public static byte[] Compute(ReadOnlySpan<byte> key, string prefix, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(prefix));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }

    /// <summary>The idempotency key of a signed delivery. No header can spell it: those that begin so are refused.</summary>
    public static string IdempotencyKey(ISignatureScheme scheme, IHeaderDictionary headers, ReadOnlySpan<byte> body)
    {
        var (text, withBody) = scheme.IdentityOf(headers);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{scheme.Name}.{text}."));
        if (withBody) hash.AppendData(body);
        return IdempotencyPrefix + Base64Url.EncodeToString(hash.GetHashAndReset());
    }

    public static bool IsHexOf(ReadOnlySpan<char> hex, ReadOnlySpan<byte> expected)
    {
        Span<byte> given = stackalloc byte[32];
        return hex.Length == 64 && Convert.FromHexString(hex, given, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, expected);
    }

    public static bool IsBase64Of(ReadOnlySpan<char> base64, ReadOnlySpan<byte> expected)
    {
        Span<byte> given = stackalloc byte[33];
        return base64.Length == 44 && Convert.TryFromBase64Chars(base64, given, out var length)
            && CryptographicOperations.FixedTimeEquals(given[..length], expected);
    }

    /// <summary>Whether epoch seconds, as text, are now within the tolerance, either way.</summary>
    public static bool IsInTime(ReadOnlySpan<char> seconds, DateTimeOffset now, TimeSpan tolerance)
        => long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
        && Math.Abs(now.ToUnixTimeSeconds() - time) <= tolerance.TotalSeconds;
}
