using System.Text.Json;
using SetGet.Core.Events;

namespace SetGet.Core.Signing;

/// <summary>Microsoft Graph: every notification of the body's <c>value</c> repeats the secret as its <c>clientState</c>. It signs nothing; who has the secret may send anything.</summary>
internal sealed class GraphScheme : ISignatureScheme
{
    public string Name => "graph";

    public string Headers => "a JSON body whose every value[].clientState is the secret";

    public SchemeDescription? Description => null;

    public bool CoversHeader(string name) => true;

    public string? FaultOf(string secret) => Signatures.ShortSecret(secret);

    public SignatureFinding Check(in SignedWebhook webhook, string secret, DateTimeOffset acceptedAt, TimeSpan tolerance)
    {
        try
        {
            using var document = JsonDocument.Parse(webhook.Body.ToArray(), new JsonDocumentOptions { MaxDepth = RequestReader.MaxDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("value", out var value)
                || value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0) return SignatureFinding.Missing;
            var isMatch = true;
            foreach (var each in value.EnumerateArray()) isMatch &= Signatures.IsSecret(StateOf(each), secret);
            return isMatch ? SignatureFinding.Valid : SignatureFinding.Wrong;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return SignatureFinding.Missing;
        }
    }

    public (string Text, bool WithBody) IdentityOf(in SignedWebhook webhook) => ("", WithBody: true);

    private static string StateOf(JsonElement notification)
        => notification.ValueKind == JsonValueKind.Object && notification.TryGetProperty("clientState", out var state) && state.ValueKind == JsonValueKind.String
            ? state.GetString()! : "";
}
