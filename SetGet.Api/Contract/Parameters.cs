using System.Globalization;
using SetGet.Api.Get;

namespace SetGet.Api.Contract;

/// <summary>The parameters that several routes share.</summary>
internal static class Parameters
{
    private const string IdPattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";
    private const string KeyPattern = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$";

    private const string AccountText = "The account that the webhook key belongs to. Needed where the API key spans accounts; else it is the API key's.";

    private static readonly string WaitText = $"Seconds to wait for an event, where there is none yet; 0 to {KeyRoute.MaxWaitSeconds}, fractions allowed.";

    public static ParameterDoc AccountId { get; } = new("accountId", Place.Path, "The account.", "acme") { Required = true, Pattern = IdPattern };

    public static ParameterDoc FlowId { get; } = new("flowId", Place.Path, "The flow, one integration of the account.", "orders") { Required = true, Pattern = IdPattern };

    public static ParameterDoc WebhookKey { get; } = new("webhookKey", Place.Path, "The webhook key.", "order-42") { Required = true, Pattern = KeyPattern };

    public static ParameterDoc Account { get; } = new("account", Place.Query, AccountText, "acme") { Pattern = IdPattern };

    public static ParameterDoc Wait { get; } = new("wait", Place.Query, WaitText, "0") { Default = "0", Pattern = @"^\d+(\.\d+)?$" };

    public static ParameterDoc After { get; } = new("after", Place.Query, "The 'next' of an earlier answer; from the oldest, where absent.", "");

    public static ParameterDoc IdempotencyKey { get; } = new(
        "Idempotency-Key", Place.Header, "Makes the request one event, however often it is sent within 24 hours. 1 to 255 printable ASCII characters; scoped to account and flow.", "order-42-created");

    public static ParameterDoc Number(string name, string description, int minimum, int maximum, int? otherwise) => new(
        name, Place.Query, description, (otherwise ?? minimum).ToString(CultureInfo.InvariantCulture))
    {
        IsNumber = true,
        Minimum = minimum,
        Maximum = maximum,
        Default = otherwise?.ToString(CultureInfo.InvariantCulture),
    };

    public static ParameterDoc Text(string name, string description, string example) => new(name, Place.Query, description, example);
}
