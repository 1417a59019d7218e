using System.Text;

namespace SetGet.Api.Signing;

/// <summary>GitHub: <c>X-Hub-Signature-256: sha256=HEX</c> over the body. It signs no time: a replay is found by its body.</summary>
internal sealed class GitHubScheme : ISignatureScheme
{
    private const string Prefix = "sha256=";

    public string Name => "github";

    public string Headers => "X-Hub-Signature-256";

    public SchemeDescription Description => new("GitHub", "X-Hub-Signature-256", "sha256=HEX over the body.");

    public string? FaultOf(string secret)
        => secret.Length < Signatures.MinSecretLength ? $"Must be at least {Signatures.MinSecretLength} characters." : null;

    public SignatureFinding Check(IHeaderDictionary headers, ReadOnlySpan<byte> body, string secret, DateTimeOffset now, TimeSpan tolerance)
    {
        var header = headers["X-Hub-Signature-256"].ToString();
        if (header.Length == 0) return SignatureFinding.Missing;
        var expected = Signatures.Compute(Encoding.UTF8.GetBytes(secret), "", body);
        var isMatch = header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && Signatures.IsHexOf(header.AsSpan(Prefix.Length), expected);
        return isMatch ? SignatureFinding.Valid : SignatureFinding.Wrong;
    }

    public (string Text, bool WithBody) IdentityOf(IHeaderDictionary headers) => ("", WithBody: true);
}
