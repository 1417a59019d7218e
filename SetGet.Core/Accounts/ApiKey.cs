namespace SetGet.Core.Accounts;

/// <summary>
/// What an API key may do. Redis keeps the number; HTTP says the name, in lower case (<see cref="ApiKeyRoleNames"/>). To add one: a bit here, and
/// in <see cref="All"/>.
/// </summary>
[Flags]
public enum ApiKeyRoles
{
    None = 0,
    Set = 1,
    Get = 2,
    Admin = 4,

    /// <summary>The roles that a key can be given.</summary>
    All = Set | Get | Admin,

    /// <summary>What only the root key may do: no key is given it.</summary>
    Root = 8,
}

/// <summary>The roles as HTTP names them.</summary>
public static class ApiKeyRoleNames
{
    private static readonly KeyValuePair<string, ApiKeyRoles>[] Given =
    [
        .. Enum.GetValues<ApiKeyRoles>().Where(role => int.PopCount((int)role) == 1 && ApiKeyRoles.All.HasFlag(role)).Select(
            role => KeyValuePair.Create(role.Name(), role)),
    ];

    /// <summary>The names of all roles that a key can be given.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Given.Select(each => each.Key)];

    /// <summary>The name of one role.</summary>
    public static string Name(this ApiKeyRoles role) => role.ToString().ToLowerInvariant();

    /// <summary>The names of the roles in a set.</summary>
    public static string[] Names(this ApiKeyRoles roles) => [.. Given.Where(each => roles.HasFlag(each.Value)).Select(each => each.Key)];

    /// <summary>The role of a name; <see cref="ApiKeyRoles.None"/> where no key can be given such a role.</summary>
    public static ApiKeyRoles Find(string? name) => Array.Find(Given, each => each.Key == name).Value;
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

    /// <summary>The root key.</summary>
    public static ApiKey Root { get; } = new(RootId, AllAccounts, RootId, ApiKeyRoles.All | ApiKeyRoles.Root, DateTimeOffset.UnixEpoch, null, null);

    /// <summary>The sender of a webhook that came without a key, under a signature that the API has checked.</summary>
    public const string SignatureId = "signature";

    /// <summary>The sender of a webhook that came through the gateway without a key: nobody has checked its signature yet.</summary>
    public const string UnverifiedId = "unverified";

    /// <summary>True when it may touch this account's data.</summary>
    public bool Owns(string account) => Account == AllAccounts || Account == account;
}

/// <summary>A new key and its secret, which is shown this once.</summary>
public sealed record CreatedApiKey(ApiKey Key, string Secret);
