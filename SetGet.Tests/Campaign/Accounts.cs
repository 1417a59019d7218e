namespace SetGet.Tests.Campaign;

/// <summary>An account that takes part. Both use the same webhook keys: what crosses over shows.</summary>
/// <param name="Id">Its name.</param>
/// <param name="GatewayKeyId">Of one word: a shell drops environment variables with a hyphen in their name.</param>
/// <param name="GatewaySecret">What its senders show the gateway.</param>
internal sealed record Account(string Id, string GatewayKeyId, string GatewaySecret)
{
    /// <summary>As the local gateway takes an API key: that of the template is the first account's, any other joins its usage plan.</summary>
    internal string GatewayKey(bool isFirst) => $"{(isFirst ? "AccountApiKey" : Id)}={GatewaySecret}:{GatewayKeyId}";
}

internal static class Accounts
{
    internal static IReadOnlyList<Account> All { get; } =
    [
        new("acme", "gateway1", "campaign-gateway-secret-1"),
        new("zeta", "gateway2", "campaign-gateway-secret-2"),
    ];
}
