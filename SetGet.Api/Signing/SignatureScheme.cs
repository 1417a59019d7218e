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

    /// <summary>What the OpenAPI document says of it.</summary>
    SchemeDescription Description { get; }

    /// <summary>Null for a secret that can be used; else what is wrong with it, in a sentence.</summary>
    string? FaultOf(string secret);

    /// <summary>Checks a request against one secret, in constant time.</summary>
    SignatureFinding Check(IHeaderDictionary headers, ReadOnlySpan<byte> body, string secret, DateTimeOffset now, TimeSpan tolerance);

    /// <summary>
    /// What makes a signed delivery the same one as another, out of what the signature covers: text, and whether the body counts as well. A header
    /// that is not signed can be changed by whoever has caught the request.
    /// </summary>
    (string Text, bool WithBody) IdentityOf(IHeaderDictionary headers);
}

/// <summary>A scheme as the OpenAPI document has it.</summary>
/// <param name="Title">Its name there.</param>
/// <param name="Header">The header that the signature is in.</param>
/// <param name="Text">How it is made.</param>
internal sealed record SchemeDescription(string Title, string Header, string Text);

/// <summary>The schemes by name.</summary>
internal static class SignatureSchemes
{
    public static IReadOnlyDictionary<string, ISignatureScheme> All { get; } =
        new ISignatureScheme[] { new StandardWebhooksScheme(), new GitHubScheme(), new StripeScheme() }.ToDictionary(scheme => scheme.Name);
}
