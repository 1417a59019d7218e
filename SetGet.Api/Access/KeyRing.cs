using SetGet.Core.Accounts;

namespace SetGet.Api.Access;

/// <summary>Finds the API key behind a secret: the root key from configuration, or a tenant's from the store.</summary>
internal sealed class KeyRing(RootKey root, ApiKeyStore store)
{
    private readonly RootKey _root = root;
    private readonly ApiKeyStore _store = store;

    public async ValueTask<ApiKey?> FindAsync(string secret, CancellationToken cancellationToken)
        => _root.Is(secret) ? ApiKey.Root : await _store.ValidateAsync(secret, cancellationToken);
}
