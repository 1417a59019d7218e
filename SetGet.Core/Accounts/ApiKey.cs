namespace SetGet.Core.Accounts;

/// <summary>What an API key may do; lower-case in HTTP and in Redis.</summary>
[Flags]
public enum ApiKeyRoles
{
    None = 0,
    Set = 1,
    Get = 2,
    Admin = 4,
    All = Set | Get | Admin,
}

/// <summary>An API key without its secret.</summary>
/// <param name="Account">The account that it belongs to; <see cref="AllAccounts"/> for all.</param>
/// <param name="LastUsedAt">To the minute; null when it was never used.</param>
public sealed record ApiKey(
    string Id,
    string Account,
    string Name,
    ApiKeyRoles Roles,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt)
{
    /// <summary>The account of a key that spans accounts.</summary>
    public const string AllAccounts = "*";

    /// <summary>The id of the root key, which is in configuration only (<c>SetGet:RootKey</c>).</summary>
    public const string RootId = "root";

    /// <summary>The sender of a webhook that came without a key, under a signature that the API has checked.</summary>
    public const string SignatureId = "signature";

    /// <summary>True when it may touch this account's data.</summary>
    public bool Owns(string account) => Account == AllAccounts || Account == account;
}

/// <summary>A new key and its secret, which is shown this once.</summary>
public sealed record CreatedApiKey(ApiKey Key, string Secret);
