namespace SetGet.Core;

/// <summary>Turns what is wrong with a request into a reason to dead-letter it.</summary>
internal static class RequestFaults
{
    internal static string Reason(InputErrors errors)
    {
        foreach (var field in errors.ByField.Keys)
        {
            if (field.StartsWith(WebhookKeyList.Field + "[", StringComparison.Ordinal)) return DeadLetterReasons.InvalidWebhookKey;
            switch (field)
            {
                case "accountId": return DeadLetterReasons.InvalidAccount;
                case "flowId": return DeadLetterReasons.InvalidFlow;
                case WebhookKeyList.Field: return DeadLetterReasons.NoWebhookKeys;
                case "ttlSeconds": return DeadLetterReasons.InvalidTtl;
                default: continue;
            }
        }

        return DeadLetterReasons.InvalidRequest;
    }

    internal static string Detail(InputErrors errors)
    {
        var text = errors.ToString();
        return text.Length > 500 ? text[..500] : text;
    }
}
