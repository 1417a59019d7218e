using System.ComponentModel.DataAnnotations;
using Microsoft.OpenApi;
using SetGet.Api.Access;
using SetGet.Api.Http;
using SetGet.Api.OpenApi;
using SetGet.Api.Problems;
using SetGet.Core.Accounts;
using SetGet.Core.Events;

namespace SetGet.Api.Accounts;

/// <summary>The body that makes an API key.</summary>
/// <param name="Name">What it is for, without control characters.</param>
/// <param name="Roles">At least one of <c>set</c>, <c>get</c>, <c>admin</c>.</param>
/// <param name="ExpiresAt">When it stops working; never, where absent.</param>
public sealed record NewKey(
    [property: Length(1, 100, ErrorMessage = NewKey.NameRule), RegularExpression(@"^\P{Cc}*$", ErrorMessage = NewKey.NameRule)] string Name,
    IReadOnlyList<string> Roles,
    DateTimeOffset? ExpiresAt = null)
{
    private const string NameRule = "Must be 1 to 100 characters without control characters.";
}

/// <summary>A new API key. The secret is shown this once.</summary>
public sealed record KeyCreated(string Id, string Secret, string Name, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

/// <summary>An API key without its secret. <c>lastUsedAt</c> is exact to the minute.</summary>
public sealed record KeyInfo(
    string Id, string Name, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt);

/// <summary>An account's API keys, oldest first.</summary>
public sealed record KeyList(IReadOnlyList<KeyInfo> Keys);

/// <summary><c>/accounts/{accountId}/keys</c>. For the account <c>*</c> the keys span all accounts; only keys that do may touch them.</summary>
internal static class KeyEndpoints
{
    private const string KeyExample = """{"id":"k7f3a9","name":"shop","roles":["set"],"createdAt":"2026-01-31T12:00:00.123Z","expiresAt":"2027-01-31T12:00:00.000Z","lastUsedAt":"2026-01-31T12:05:00.000Z"}""";

    private static readonly Parameter AccountOrAll = Parameter.AccountId with
    {
        Description = "The account; `*` for keys that span all accounts, which only such keys may touch.",
        Pattern = $@"^(\*|{Names.IdPattern[1..^1]})$",
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/accounts/{accountId}/keys").WithTags("API keys").RequireRole(ApiKeyRoles.Admin).Takes(AccountOrAll);
        group.MapGet("", ListAsync).WithName("listKeys")
            .WithSummary("The API keys of an account")
            .WithDescription("Without their secrets, oldest first; expired ones too.")
            .Answers<KeyList>(200, "The keys.", $$"""{"keys":[{{KeyExample}}]}""");
        group.MapPost("", CreateAsync).WithName("createKey")
            .WithSummary("Make an API key")
            .WithDescription("The secret is in this answer and nowhere else: its hash is stored.")
            .Reads<NewKey>("What it is for, what it may do, and until when.", """{"name":"shop","roles":["set"],"expiresAt":"2100-01-31T12:00:00.000Z"}""")
            .Answers<KeyCreated>(
                201,
                "The key.",
                """{"id":"k7f3a9","secret":"sg_k7f3a9_a-long-random-text","name":"shop","roles":["set"],"createdAt":"2026-01-31T12:00:00.123Z","expiresAt":"2027-01-31T12:00:00.000Z"}""",
                new HeaderDescription("Location", "Where it can be revoked.", "/accounts/acme/keys/k7f3a9"));
        group.MapDelete("/{id}", RevokeAsync).WithName("revokeKey")
            .WithSummary("Revoke an API key")
            .WithDescription("It stops working within five seconds everywhere. Another account's key looks like one that does not exist.")
            .Takes(new Parameter("id", ParameterLocation.Path, "The key's id.", "k7f3a9"))
            .Answers(204, "It is revoked.")
            .Fails(404);
    }

    private static async Task<IResult> ListAsync(HttpContext context, string accountId, ApiKeyStore store)
    {
        CheckAccount(context, accountId);
        var keys = await store.ListAsync(accountId, context.RequestAborted);
        return TypedResults.Json(new KeyList([.. keys.Select(ToInfo)]), AccountsJson.Wire.KeyList);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, string accountId, ApiKeyStore store, TimeProvider time)
    {
        CheckAccount(context, accountId);
        var errors = new InputErrors();
        var request = await JsonBody.ReadAsync(context, AccountsJson.Wire.NewKey, errors);
        if (request.ExpiresAt <= time.GetUtcNow()) errors.Add("expiresAt", "Must be in the future; leave it out for a key that does not expire.");
        var roles = ReadRoles(request.Roles, errors);
        errors.ThrowIfAny();
        var (key, secret) = await store.CreateAsync(accountId, request.Name, roles, request.ExpiresAt, context.RequestAborted);
        context.Response.Headers.Location = $"/accounts/{accountId}/keys/{key.Id}";
        context.Response.Headers.CacheControl = "no-store";
        var created = new KeyCreated(key.Id, secret, key.Name, key.Roles.Names(), key.CreatedAt, key.ExpiresAt);
        return TypedResults.Json(created, AccountsJson.Wire.KeyCreated, statusCode: StatusCodes.Status201Created);
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
            throw new ProblemException(ProblemKinds.Invalid("accountId", "Must be '*', or " + Names.IdRule));
        context.Caller().RequireAccount(account);
    }

    /// <summary>Another account's keys are not there, whether they exist or not.</summary>
    private static void CheckAccountQuietly(HttpContext context, string account)
    {
        if (!context.Caller().Owns(account)) throw NoSuchKey();
        CheckAccount(context, account);
    }

    private static ProblemException NoSuchKey() => new(ProblemKinds.NotFound("The account has no such API key; it may have been revoked before."));

    private static KeyInfo ToInfo(ApiKey key) => new(key.Id, key.Name, key.Roles.Names(), key.CreatedAt, key.ExpiresAt, key.LastUsedAt);

    private static ApiKeyRoles ReadRoles(IReadOnlyList<string> names, InputErrors errors)
    {
        var all = string.Join(", ", ApiKeyRoleNames.All);
        if (names.Count == 0) errors.Add("roles", $"Must name at least one of {all}.");
        var roles = ApiKeyRoles.None;
        for (var i = 0; i < names.Count; i++)
        {
            var role = ApiKeyRoleNames.Find(names[i]);
            if (role == ApiKeyRoles.None) errors.Add($"roles[{i}]", $"Must be one of {all}.");
            roles |= role;
        }

        return roles;
    }
}
