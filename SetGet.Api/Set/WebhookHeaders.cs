namespace SetGet.Api.Set;

/// <summary>The headers of a request, for the event: which of them it keeps is <see cref="SetGet.Core.Events.HeaderRules"/>'s to say.</summary>
internal static class WebhookHeaders
{
    /// <summary>Several lines of one name are one value, joined as RFC 9110 has it.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(HttpRequest request)
        => request.Headers.Select(each => KeyValuePair.Create(each.Key, each.Value.Count == 1 ? each.Value[0]! : string.Join(", ", each.Value!)));
}
