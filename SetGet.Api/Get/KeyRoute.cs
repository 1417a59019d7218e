using Microsoft.OpenApi;
using SetGet.Api.Access;
using SetGet.Api.Http;
using SetGet.Core.Events;

namespace SetGet.Api.Get;

/// <summary>What the routes below <c>/get/{webhookKey}</c> share.</summary>
internal static class KeyRoute
{
    /// <summary>Longest that a request may wait, below what load balancers and gateways allow. Seconds.</summary>
    private const int MaxWaitSeconds = 20;

    public static readonly Parameter Account = new(
        "account",
        ParameterLocation.Query,
        "The account that the webhook key belongs to. Needed where the API key spans accounts; else it is the API key's.",
        "acme")
    {
        Pattern = Names.IdPattern,
    };

    public static readonly SecondsParameter Wait = new(
        "wait", $"Seconds to wait for an event, where there is none yet; 0 to {MaxWaitSeconds}, fractions allowed.", MaxWaitSeconds);

    /// <summary>The account that the key is looked up in, where there are no errors.</summary>
    public static string ReadAccount(HttpContext context, string webhookKey, in QueryReader query)
    {
        query.Errors.CheckWebhookKey(Parameter.WebhookKey.Name, webhookKey);
        return context.Caller().ReadingAccount(query.Text(Account), query.Errors);
    }
}
