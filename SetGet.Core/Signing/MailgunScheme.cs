using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SetGet.Core.Events;

namespace SetGet.Core.Signing;

/// <summary>
/// Mailgun: the body's member <c>signature</c> has <c>timestamp</c>, <c>token</c> and <c>signature</c>, hex of HMAC-SHA256 over the first two. It covers nothing else
/// of the body: it says who sent, not what.
/// </summary>
internal sealed class MailgunScheme : ISignatureScheme
{
    public string Name => "mailgun";

    public string Headers => "a JSON body with signature.timestamp, signature.token and signature.signature";

    public SchemeDescription? Description => null;

    public bool CoversBody => false;

    public string? FaultOf(string secret) => Signatures.ShortSecret(secret);

    public SignatureFinding Check(in SignedWebhook webhook, string secret, DateTimeOffset acceptedAt, TimeSpan tolerance)
    {
        if (Parts(webhook.Body) is not ({ } time, { } token, { } given)) return SignatureFinding.Missing;
        var expected = Signatures.Compute(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), time + token, []);
        if (!Signatures.IsHexOf(given, expected)) return SignatureFinding.Wrong;
        return Signatures.IsInTime(time, acceptedAt, tolerance) ? SignatureFinding.Valid : SignatureFinding.OutOfTime;
    }

    // The token is made once for each delivery, and signed.
    public (string Text, bool WithBody) IdentityOf(in SignedWebhook webhook)
    {
        var (time, token, _) = Parts(webhook.Body);
        return ($"{time}.{token}", WithBody: false);
    }

    private static (string? Time, string? Token, string? Signature) Parts(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = RequestReader.MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return default;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isSignature = reader.ValueTextEquals("signature"u8);
                reader.Read();
                if (isSignature && reader.TokenType == JsonTokenType.StartObject) return Members(ref reader);
                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or text that is none: no signature.
        }

        return default;
    }

    private static (string? Time, string? Token, string? Signature) Members(ref Utf8JsonReader reader)
    {
        var (time, token, signature) = ((string?)null, (string?)null, (string?)null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            var value = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            if (name == "timestamp") time = value;
            else if (name == "token") token = value;
            else if (name == "signature") signature = value;
            if (value is null) reader.Skip();
        }

        return (time, token, signature);
    }
}
