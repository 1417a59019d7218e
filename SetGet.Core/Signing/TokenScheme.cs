namespace SetGet.Core.Signing;

/// <summary>The secret itself in a header, as GitLab sends it. It signs nothing; who has it may send anything.</summary>
internal sealed class TokenScheme(string name, string header) : ISignatureScheme
{
    public string Name => name;

    public string Headers => header;

    public SchemeDescription? Description => new(name, header, "The secret itself.");

    public string? CredentialHeader { get; } = header.ToLowerInvariant();

    public bool CoversHeader(string other) => true;

    public string? FaultOf(string secret) => Signatures.ShortSecret(secret);

    public SignatureFinding Check(in SignedWebhook webhook, string secret, DateTimeOffset acceptedAt, TimeSpan tolerance)
    {
        var given = webhook.Header(CredentialHeader!);
        if (given.Length == 0) return SignatureFinding.Missing;
        return Signatures.IsSecret(given, secret) ? SignatureFinding.Valid : SignatureFinding.Wrong;
    }

    public (string Text, bool WithBody) IdentityOf(in SignedWebhook webhook) => ("", WithBody: true);
}
