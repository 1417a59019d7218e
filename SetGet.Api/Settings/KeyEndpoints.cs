using SetGet.Api.Access;
using SetGet.Api.Contract;
using SetGet.Api.Http;
using SetGet.Api.Problems;
using SetGet.Core.Accounts;
using SetGet.Core.Events;

namespace SetGet.Api.Settings;

/// <summary>The body that makes an API key.</summary>
/// <param name="Name">What it is for, 1 to 100 characters.</param>
/// <param name="Roles">At least one of <c>set</c>, <c>get</c>, <c>admin</c>.</param>
/// <param name="ExpiresAt">When it stops working; never, where absent.</param>
public sealed record NewKey(string Name, IReadOnlyList<string> Roles, DateTimeOffset? ExpiresAt = null);

/// <summary>A new API key. The secret is shown this once.</summary>
public sealed record KeyCreated(string Id, string Secret, string Name, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

/// <summary>An API key without its secret. <c>lastUsedAt</c> is exact to the minute.</summary>
public sealed record KeyInfo(string Id, string Name, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt);

/// <summary>An account's API keys, oldest first.</summary>
public sealed record KeyList(IReadOnlyList<KeyInfo> Keys);

/// <summary><c>/accounts/{accountId}/keys</c>. For the account <c>*</c> the keys span all accounts; only keys that do may touch them.</summary>
internal static class KeyEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/accounts/{accountId}/keys").WithMetadata(new NeedsRight(Right.Admin));
        group.MapGet("", ListAsync).WithName("listKeys").WithDoc(AdminDocs.ListKeys);
        group.MapPost("", CreateAsync).WithName("createKey").WithDoc(AdminDocs.CreateKey);
        group.MapDelete("/{id}", RevokeAsync).WithName("revokeKey").WithDoc(AdminDocs.RevokeKey);
    }

    private static async Task<IResult> ListAsync(HttpContext context, string accountId, ApiKeyStore store)
    {
        CheckAccount(context, accountId);
        var keys = await store.ListAsync(accountId, context.RequestAborted);
        return TypedResults.Json(new KeyList([.. keys.Select(ToInfo)]), ApiJson.Wire.KeyList);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, string accountId, ApiKeyStore store, TimeProvider time)
    {
        CheckAccount(context, accountId);
        var request = await JsonBody.ReadAsync(context, ApiJson.Wire.NewKey);
        var roles = NewKeyRules.Check(request, time.GetUtcNow());
        var (key, secret) = await store.CreateAsync(accountId, request.Name, roles, request.ExpiresAt, context.RequestAborted);
        context.Response.Headers.Location = $"/accounts/{accountId}/keys/{key.Id}";
        context.Response.Headers.CacheControl = "no-store";
        var created = new KeyCreated(key.Id, secret, key.Name, Roles(key.Roles), key.CreatedAt, key.ExpiresAt);
        return TypedResults.Json(created, ApiJson.Wire.KeyCreated, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> RevokeAsync(HttpContext context, string accountId, string id, ApiKeyStore store)
    {
        CheckAccountQuietly(context, accountId);
        if (await store.RevokeAsync(accountId, id, context.RequestAborted)) return TypedResults.NoContent();
        throw NoSuchKey();
    }

    private static void CheckAccount(HttpContext context, string account)
    {
        if (account != ApiKey.AllAccounts && !Names.IsId(account))
            throw new ProblemException(Kinds.Invalid("accountId", "Must be '*', or " + Names.IdRule));
        context.Caller().RequireAccount(account);
    }

    /// <summary>Another account's keys are not there, whether they exist or not.</summary>
    private static void CheckAccountQuietly(HttpContext context, string account)
    {
        if (!context.Caller().MayUse(account)) throw NoSuchKey();
        CheckAccount(context, account);
    }

    private static ProblemException NoSuchKey() => new(Kinds.NotFound("The account has no such API key; it may have been revoked before."));

    private static KeyInfo ToInfo(ApiKey key) => new(key.Id, key.Name, Roles(key.Roles), key.CreatedAt, key.ExpiresAt, key.LastUsedAt);

    private static string[] Roles(ApiKeyRoles roles) => [.. NewKeyRules.Roles.Where(each => roles.HasFlag(each.Value)).Select(each => each.Key)];
}
