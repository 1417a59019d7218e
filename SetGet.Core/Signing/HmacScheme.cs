using System.Security.Cryptography;
using System.Text;

namespace SetGet.Core.Signing;

/// <summary>
/// A scheme as most senders have it: a hash of the body, and of little else, with the secret as its key, in a header.
/// </summary>
/// <param name="Header">Where the signature is.</param>
/// <param name="Algorithm"><c>sha256</c>, <c>sha1</c> or <c>sha512</c>.</param>
/// <param name="Encoding"><c>hex</c> or <c>base64</c>.</param>
/// <param name="Prefix">What stands before the signature in the header.</param>
/// <param name="TimestampHeader">Where the time of signing is, in epoch seconds; null where none is checked.</param>
/// <param name="Signed">
/// What is signed: text with <c>{body}</c>, and as needed <c>{timestamp}</c>, <c>{url}</c> and <c>{header:Name}</c>.
/// </param>
public sealed record HmacDescription(
    string Header, string Algorithm = "sha256", string Encoding = "hex", string Prefix = "", string? TimestampHeader = null, string Signed = "{body}");

/// <summary>The scheme that an <see cref="HmacDescription"/> describes; the secret's text is the key.</summary>
public sealed class HmacScheme : ISignatureScheme
{
    private readonly HmacDescription _description;
    private readonly SignedText _signed;
    private readonly string _header;
    private readonly string? _timestampHeader;
    private readonly HashAlgorithmName _algorithm;

    /// <summary>The description must have passed <see cref="HmacDescriptionRules"/>.</summary>
    public HmacScheme(string name, HmacDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        Name = name;
        _description = description;
        _header = description.Header.ToLowerInvariant();
        _timestampHeader = description.TimestampHeader?.ToLowerInvariant();
        _signed = SignedText.Parse(description.Signed);
        _algorithm = HmacDescriptionRules.Algorithms[description.Algorithm];
    }

    public string Name { get; }

    public string Headers => _description.TimestampHeader is { } time ? $"{_description.Header} and {time}" : _description.Header;

    public SchemeDescription? Description => new(
        Name, _description.Header, $"{_description.Prefix}{_description.Encoding.ToUpperInvariant()} of HMAC-{_description.Algorithm.ToUpperInvariant()} over {_description.Signed}.");

    public bool CoversHeader(string name) => _signed.Headers.Contains(name);

    public string? FaultOf(string secret) => Signatures.ShortSecret(secret);

    public SignatureFinding Check(in SignedWebhook webhook, string secret, DateTimeOffset acceptedAt, TimeSpan tolerance)
    {
        var given = webhook.Header(_header);
        var time = _timestampHeader is null ? "" : webhook.Header(_timestampHeader);
        if (given.Length == 0 || (_timestampHeader is not null && time.Length == 0)) return SignatureFinding.Missing;
        var (before, after) = _signed.Around(webhook, time);
        var expected = Signatures.Compute(_algorithm, Encoding.UTF8.GetBytes(secret), before, webhook.Body, after);
        if (!given.StartsWith(_description.Prefix, StringComparison.OrdinalIgnoreCase)) return SignatureFinding.Wrong;
        var signature = given.AsSpan(_description.Prefix.Length);
        var isMatch = _description.Encoding == "hex" ? Signatures.IsHexOf(signature, expected) : Signatures.IsBase64Of(signature, expected);
        if (!isMatch) return SignatureFinding.Wrong;
        return _timestampHeader is null || Signatures.IsInTime(time, acceptedAt, tolerance) ? SignatureFinding.Valid : SignatureFinding.OutOfTime;
    }

    // Where a time is signed, another delivery of the same body is another event; where none is, it is the same one.
    public (string Text, bool WithBody) IdentityOf(in SignedWebhook webhook)
    {
        var (before, after) = _signed.Around(webhook, _timestampHeader is null ? "" : webhook.Header(_timestampHeader));
        return (before + after, WithBody: true);
    }
}
