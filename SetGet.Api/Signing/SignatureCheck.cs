using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SetGet.Api.Signing;

/// <summary>What checking a signature found.</summary>
internal enum SignatureFinding
{
    Valid,

    /// <summary>The scheme's headers are not there.</summary>
    Missing,

    /// <summary>The signature is not made with this secret over this body.</summary>
    Wrong,

    /// <summary>It was made too long ago, or in the future: perhaps a replay.</summary>
    OutOfTime,
}

/// <summary>One way to sign a webhook. To add one: implement it, and give it a name in <see cref="SignatureSchemes"/>.</summary>
internal interface ISignatureScheme
{
    /// <summary>Its name in the routes that set secrets.</summary>
    string Name { get; }

    /// <summary>The headers that it reads, as errors name them.</summary>
    string Headers { get; }

    /// <summary>Null for a secret that can be used; else what is wrong with it, in a sentence.</summary>
    string? FaultOf(string secret);

    /// <summary>Checks a request against one secret, in constant time.</summary>
    SignatureFinding Check(IHeaderDictionary headers, ReadOnlySpan<byte> body, string secret, DateTimeOffset now, TimeSpan tolerance);
}

/// <summary>The schemes by name.</summary>
internal static class SignatureSchemes
{
    public static IReadOnlyDictionary<string, ISignatureScheme> All { get; } =
        new ISignatureScheme[] { new StandardWebhooksScheme(), new GitHubScheme(), new StripeScheme() }.ToDictionary(scheme => scheme.Name);
}

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
