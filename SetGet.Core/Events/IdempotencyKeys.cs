namespace SetGet.Core.Events;

/// <summary>
/// What the idempotency keys begin with that are no sender's <c>Idempotency-Key</c>: ids of another kind never meet one of those, which may not begin so.
/// </summary>
public static class IdempotencyKeys
{
    /// <summary>Before a hash of what a signature covers.</summary>
    public const string Signed = "signed:";

    /// <summary>Before the value of a header <c>webhook-id</c>.</summary>
    public const string WebhookId = "webhook-id:";

    /// <summary>Before the delivery's id, from the header or the pointer that the flow's source names.</summary>
    public const string Delivery = "delivery:";

    /// <summary>True for an idempotency key in an envelope: what a header may hold, with what it begins with.</summary>
    public static bool IsKey(ReadOnlySpan<char> text)
        => Names.IsIdempotencyKey(text.StartsWith(WebhookId, StringComparison.Ordinal) ? text[WebhookId.Length..] : text);

    /// <summary>True for what a header may not begin with.</summary>
    public static bool IsReserved(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.StartsWith(Signed, StringComparison.Ordinal) || key.StartsWith(WebhookId, StringComparison.Ordinal) || key.StartsWith(Delivery, StringComparison.Ordinal);
    }
}
