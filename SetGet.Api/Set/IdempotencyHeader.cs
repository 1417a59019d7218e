using Microsoft.OpenApi;
using SetGet.Api.Http;
using SetGet.Core.Events;

namespace SetGet.Api.Set;

/// <summary>The headers that make a request idempotent.</summary>
internal static class IdempotencyHeader
{
    public static readonly Parameter Key = new(
        "Idempotency-Key",
        ParameterLocation.Header,
        $"Makes the request one event of its account and flow, however often it is sent within 24 hours. It is {Names.IdempotencyKeyRule}",
        "order-42-created");

    public static readonly Parameter WebhookId = new(
        "webhook-id", ParameterLocation.Header, "As Idempotency-Key, by the name that Standard Webhooks gives it.", "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W");

    /// <summary>The idempotency key that the first of the headers that is there; null where none is.</summary>
    public static string? Read(HttpRequest request, InputErrors errors, params ReadOnlySpan<Parameter> headers)
    {
        foreach (var header in headers)
        {
            var values = request.Headers[header.Name];
            if (values.Count == 0) continue;
            if (values.Count == 1 && Names.IsIdempotencyKey(values.ToString()))
            {
                // An id of one header is never one of the other.
                if (header == WebhookId) return IdempotencyKeys.WebhookId + values;
                if (!IdempotencyKeys.IsReserved(values.ToString())) return values.ToString();
            }

            errors.Add(header.Name, $"Must be given once, not begin with {IdempotencyKeys.Signed}, {IdempotencyKeys.WebhookId} or {IdempotencyKeys.Delivery}, and be {Names.IdempotencyKeyRule}");
            return null;
        }

        return null;
    }
}
