using System.Text;

namespace SetGet.Tests.Security;

/// <summary>The ways in which a secret may stand in a text.</summary>
internal static class SecretForms
{
    /// <summary>As it is, escaped for a URL or for JSON, in hexadecimal digits, and in base64 wherever its bytes begin within the encoded text.</summary>
    public static IEnumerable<string> Of(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return System.Text.Json.JsonEncodedText.Encode(secret).ToString();
        yield return Convert.ToHexString(bytes);
        yield return Convert.ToHexStringLower(bytes);
        for (var before = 0; before < 3; before++)
        {
            // Only whole groups of six bits that are the secret's alone.
            var encoded = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var (first, last) = (((before * 8) + 5) / 6, (before + bytes.Length) * 8 / 6);
            yield return encoded[first..last];
            yield return encoded[first..last].Replace('+', '-').Replace('/', '_');
        }
    }
}
