using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SetGet.Core.Events;
using SetGet.Core.Signing;

namespace SetGet.Core.Senders;

/// <summary>
/// Which delivery a webhook is. Only what its signature covers counts, or what comes from somebody with an API key: an id that anybody can change would let a
/// caught webhook in again as another, or take the id of a genuine one.
/// </summary>
internal static class DeliveryKey
{
    /// <summary>The idempotency key; null where each is another.</summary>
    /// <param name="proof">The scheme whose signature was found valid.</param>
    internal static string? Of(EventRequest webhook, FlowSource source, ISignatureScheme? proof, bool isKnown, string? fromHeader)
    {
        if (isKnown && fromHeader is not null) return fromHeader;
        var mayFind = isKnown || (source.IdHeader is { } header ? proof?.CoversHeader(header.ToLowerInvariant()) : proof?.CoversBody) == true;
        if (mayFind && source.Ids.Find(webhook.Data.Span, webhook.ContentType, webhook.Headers) is { } id) return Hash(id);
        if (isKnown || proof is null) return null;
        return Signatures.IdempotencyKey(proof, new SignedWebhook(webhook.Headers, webhook.Data.Span, webhook.ContentType, source.Url));
    }

    private static string Hash(string id) => IdempotencyKeys.Delivery + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
