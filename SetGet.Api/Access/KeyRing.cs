using SetGet.Core.Accounts;


namespace SetGet.Api.Access;

/// <summary>Finds the caller behind a secret: the root key from configuration, or a tenant's from the store.</summary>
internal sealed class KeyRing
{
    private readonly RootKey _root;
    private readonly ApiKeyStore _store;

    public KeyRing(RootKey root, ApiKeyStore store)
    {
        _root = root;
        _store = store;
    }

    public async ValueTask<Caller?> FindAsync(string secret, CancellationToken cancellation)
    {
        if (_root.Is(secret)) return Caller.Root;
        var key = await _store.ValidateAsync(secret, cancellation);
        return key is null ? null : new Caller(key.Id, key.Account == ApiKey.AllAccounts ? null : key.Account, RightsOf(key.Roles));
    }

    private static HashSet<Right> RightsOf(ApiKeyRoles roles)
    {
        var rights = new HashSet<Right>();
        if (roles.HasFlag(ApiKeyRoles.Set)) rights.Add(Right.Set);
        if (roles.HasFlag(ApiKeyRoles.Get)) rights.Add(Right.Get);
        if (roles.HasFlag(ApiKeyRoles.Admin)) rights.Add(Right.Admin);
        return rights;
    }
}
