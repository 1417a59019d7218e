namespace SetGet.Core.Signing;

/// <summary>What checking a signature found; the later, the nearer to a valid one.</summary>
public enum SignatureFinding
{
    Valid,

    /// <summary>The scheme's headers are not there.</summary>
    Missing,

    /// <summary>The signature is not made with this secret over this body.</summary>
    Wrong,

    /// <summary>It was made too long before it came, or in the future: perhaps a replay.</summary>
    OutOfTime,
}

/// <summary>A webhook as a signature covers it.</summary>
/// <param name="headers">By lower-case name.</param>
/// <param name="url">The address that the sender posts to, where a scheme signs it; null where the flow's source names none.</param>
public readonly ref struct SignedWebhook(IReadOnlyDictionary<string, string> headers, ReadOnlySpan<byte> body, string contentType, string? url)
{
    private readonly IReadOnlyDictionary<string, string> _headers = headers;

    public ReadOnlySpan<byte> Body { get; } = body;

    public string ContentType { get; } = contentType;

    public string? Url { get; } = url;

    /// <summary>The value of a header by its lower-case name; "" where it is not there.</summary>
    public string Header(string name) => _headers.TryGetValue(name, out var value) ? value : "";
}

/// <summary>One way to sign a webhook. To add one: describe it as an <see cref="HmacScheme"/> in <see cref="SignatureSchemes"/>, or implement it.</summary>
public interface ISignatureScheme
{
    /// <summary>Its name in the routes that set secrets.</summary>
    string Name { get; }

    /// <summary>The headers that it reads, as errors name them.</summary>
    string Headers { get; }

    /// <summary>What the OpenAPI document says of it; null for what is no header.</summary>
    SchemeDescription? Description { get; }

    /// <summary>A header that is the secret itself, in lower case: it is checked, and never kept with the event.</summary>
    string? CredentialHeader => null;

    /// <summary>Whether what is signed holds the whole body, so that what the body says of itself can be trusted.</summary>
    bool CoversBody => true;

    /// <summary>Whether a header's value cannot be changed by whoever has caught the request: it is signed, or nobody without the secret can send at all.</summary>
    bool CoversHeader(string name) => false;

    /// <summary>Null for a secret that can be used; else what is wrong with it, in a sentence.</summary>
    string? FaultOf(string secret);

    /// <summary>Checks a webhook against one secret, in constant time.</summary>
    /// <param name="acceptedAt">When it came.</param>
    SignatureFinding Check(in SignedWebhook webhook, string secret, DateTimeOffset acceptedAt, TimeSpan tolerance);

    /// <summary>
    /// What makes a signed delivery the same one as another, out of what the signature covers: text, and whether the body counts as well. A header
    /// that is not signed can be changed by whoever has caught the request.
    /// </summary>
    (string Text, bool WithBody) IdentityOf(in SignedWebhook webhook);
}

/// <summary>A scheme as the OpenAPI document has it.</summary>
/// <param name="Title">Its name there.</param>
/// <param name="Header">The header that the signature is in.</param>
/// <param name="Text">How it is made.</param>
public sealed record SchemeDescription(string Title, string Header, string Text);
