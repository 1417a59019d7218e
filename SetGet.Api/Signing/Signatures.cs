using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SetGet.Api.Signing;

/// <summary>What the schemes share.</summary>
internal static class Signatures
{
    /// <summary>Shortest secret that is worth its name. Characters.</summary>
    public const int MinSecretLength = 16;

    /// <summary>More signatures than a rotation needs are not looked at. </summary>
    public const int MaxPerRequest = 10;

    public static byte[] Compute(ReadOnlySpan<byte> key, string prefix, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(prefix));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
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
