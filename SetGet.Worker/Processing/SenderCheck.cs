using SetGet.Core.Accounts;
using SetGet.Core.Redis;

namespace SetGet.Worker.Processing;

/// <summary>
/// Checks a message's sender against its account: the root key may write everywhere; a signature is of a secret of the account's own
/// flow, and only the API, which checks it, can name it (the gateway names ids that AWS makes up); a key of the gateway belongs to the
/// account that <c>SetGet:GatewayKeys:{apiKeyId}</c> names; any other must be an API key of the account, or of all.
/// </summary>
internal sealed class SenderCheck(ApiKeyStore keys, IConfiguration configuration)
{
    private const string GatewayKeys = "SetGet:GatewayKeys:";

    private readonly ApiKeyStore _keys = keys;
    private readonly IConfiguration _configuration = configuration;

    /// <summary>Throws <see cref="RedisUnavailableException"/>.</summary>
    public async Task<bool> IsAllowedAsync(string sender, string account, CancellationToken cancellationToken)
    {
        if (sender is ApiKey.RootId or ApiKey.SignatureId) return true;
        var owner = _configuration[GatewayKeys + sender] ?? await _keys.FindAccountAsync(sender, cancellationToken);
        return owner == account || owner == ApiKey.AllAccounts;
    }
}
