using System.Globalization;

namespace SetGet.Client;

/// <summary>Makes the request of a raw webhook, signed anew for each attempt: a signature holds for minutes only.</summary>
internal sealed class HookRequest(HookEvent hook, SetGetClientOptions options, TimeProvider time)
{
    private readonly HookEvent _hook = hook;
    private readonly SetGetClientOptions _options = options;
    private readonly TimeProvider _time = time;
    private readonly string _id = hook.Id ?? Guid.CreateVersion7(time.GetUtcNow()).ToString();
    private readonly string _url = Url(hook, options);

    public HttpRequestMessage Create()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ReadOnlyMemoryContent(_hook.Body) };
        // As text: a content type need not be one that .NET can parse.
        request.Content.Headers.TryAddWithoutValidation("Content-Type", _hook.ContentType);
        foreach (var (name, value) in _hook.Headers) request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("webhook-id", _id);
        if (_options.SigningSecret is not { } secret) return request;
        var now = _time.GetUtcNow();
        request.Headers.TryAddWithoutValidation("webhook-timestamp", StandardWebhooks.Timestamp(now));
        request.Headers.TryAddWithoutValidation("webhook-signature", StandardWebhooks.Sign(secret, _id, now, _hook.Body.Span));
        return request;
    }

    private static string Url(HookEvent hook, SetGetClientOptions options)
    {
        var account = hook.AccountId ?? options.Account;
        if (string.IsNullOrEmpty(account)) throw new ArgumentException("Name the account: in the webhook, or in SetGetClientOptions.Account.", nameof(hook));
        var url = $"{options.HooksPath}/{Uri.EscapeDataString(account)}/{Uri.EscapeDataString(hook.FlowId)}?";
        // Commas mean the same to the API and to the gateway, which sees one of a repeated parameter.
        if (hook.WebhookKeys.Count > 0) url += $"key={string.Join(',', hook.WebhookKeys.Select(Uri.EscapeDataString))}&";
        if (hook.Ttl is { } ttl) url += $"ttl={((long)Math.Ceiling(ttl.TotalSeconds)).ToString(CultureInfo.InvariantCulture)}";
        return url.TrimEnd('?', '&');
    }
}
