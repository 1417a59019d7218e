using System.Security.Cryptography;
using SetGet.Core.Events;

namespace SetGet.Core.Signing;

/// <summary>What a described scheme may be.</summary>
public static class HmacDescriptionRules
{
    private const int MaxTextLength = 256;

    internal static readonly IReadOnlyDictionary<string, HashAlgorithmName> Algorithms = new Dictionary<string, HashAlgorithmName>(StringComparer.Ordinal)
    {
        ["sha256"] = HashAlgorithmName.SHA256,
        ["sha1"] = HashAlgorithmName.SHA1,
        ["sha512"] = HashAlgorithmName.SHA512,
    };

    /// <summary>Adds what is wrong, by member below <paramref name="field"/>.</summary>
    public static void Check(HmacDescription description, InputErrors errors, string field)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(errors);
        if (!HeaderRules.IsName(description.Header)) errors.Add($"{field}.header", "Must be " + HeaderRules.NameRule);
        if (description.TimestampHeader is { } time && !HeaderRules.IsName(time)) errors.Add($"{field}.timestampHeader", "Must be " + HeaderRules.NameRule);
        if (!Algorithms.ContainsKey(description.Algorithm)) errors.Add($"{field}.algorithm", "Must be sha256, sha1 or sha512.");
        if (description.Encoding is not ("hex" or "base64")) errors.Add($"{field}.encoding", "Must be hex or base64.");
        if (description.Prefix.Length > MaxTextLength) errors.Add($"{field}.prefix", $"Must be at most {MaxTextLength} characters.");
        if (description.Signed.Length > MaxTextLength) errors.Add($"{field}.signed", $"Must be at most {MaxTextLength} characters.");
        else if (SignedText.TryParse(description.Signed, out var fault) is null) errors.Add($"{field}.signed", fault!);
        else if (description.Signed.Contains("{timestamp}", StringComparison.Ordinal) && description.TimestampHeader is null)
            errors.Add($"{field}.timestampHeader", "Is needed, because 'signed' names {timestamp}.");
    }
}
