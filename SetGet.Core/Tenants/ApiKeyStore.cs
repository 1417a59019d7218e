namespace SetGet.Core;

/// <summary>
/// API keys in Redis: <c>sg_{id}_{random}</c>, of which SHA-256 is stored. What is valid is cached for at most five seconds, so a revoked
/// key stops working within five seconds everywhere. Throws <see cref="RedisUnavailableException"/>.
/// </summary>
public sealed class ApiKeyStore
{
    /// <summary>Makes a key. <paramref name="account"/> may be <see cref="ApiKey.AllAccounts"/>.</summary>
    public Task<CreatedApiKey> CreateAsync(string account, string name, ApiKeyRoles roles, DateTimeOffset? expiresAt, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    /// <summary>The keys that belong to the account, oldest first, expired ones included, revoked ones not.</summary>
    public Task<IReadOnlyList<ApiKey>> ListAsync(string account, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>False when the account has no such key.</summary>
    public Task<bool> RevokeAsync(string account, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The key whose secret this is; null when there is none, or it is revoked or expired.</summary>
    public Task<ApiKey?> ValidateAsync(string secret, CancellationToken cancellationToken) => throw new NotSupportedException();
}
