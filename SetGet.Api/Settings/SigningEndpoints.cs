using SetGet.Api.Access;
using SetGet.Api.Contract;
using SetGet.Api.Http;
using SetGet.Api.Problems;
using SetGet.Api.Signing;
using SetGet.Core.Accounts;
using SetGet.Core.Events;

namespace SetGet.Api.Settings;

/// <summary>The body that adds a signing secret to a flow.</summary>
/// <param name="Scheme">Who signs how: <c>standard</c> (Standard Webhooks), <c>github</c> or <c>stripe</c>.</param>
/// <param name="Secret">The secret as the sender shows it. It is never shown again.</param>
public sealed record NewSecret(string Scheme, string Secret);

/// <summary>A signing secret, without itself.</summary>
public sealed record SecretInfo(string Id, string Scheme, DateTimeOffset CreatedAt);

/// <summary>A flow's signing secrets, oldest first. Empty: the flow's webhooks need no signature, but an API key.</summary>
public sealed record SecretList(IReadOnlyList<SecretInfo> Secrets);

/// <summary>
/// <c>/accounts/{accountId}/flows/{flowId}/signing</c>: the secrets that a flow's webhooks are signed with. To rotate: add the
/// new one, change the sender, remove the old one; in between both are valid.
/// </summary>
internal static class SigningEndpoints
{
    private const int MaxSecretLength = 256;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/accounts/{accountId}/flows/{flowId}/signing").WithMetadata(new NeedsRight(Right.Admin));
        group.MapGet("", ListAsync).WithName("listSecrets").WithDoc(SettingDocs.ListSecrets);
        group.MapPost("", AddAsync).WithName("addSecret").WithDoc(SettingDocs.AddSecret);
        group.MapDelete("/{id}", RemoveAsync).WithName("removeSecret").WithDoc(SettingDocs.RemoveSecret);
    }

    private static async Task<IResult> ListAsync(HttpContext context, FlowSecrets store)
    {
        var (account, flow) = AccountRoute.Names(context);
        var secrets = await store.GetAsync(account, flow!, context.RequestAborted);
        return TypedResults.Json(new SecretList([.. secrets.Select(ToInfo)]), ApiJson.Wire.SecretList);
    }

    private static async Task<IResult> AddAsync(HttpContext context, FlowSecrets store)
    {
        var (account, flow) = AccountRoute.Names(context);
        var request = await JsonBody.ReadAsync(context, ApiJson.Wire.NewSecret);
        Check(request);
        var added = await store.AddAsync(account, flow!, request.Scheme, request.Secret, context.RequestAborted)
            ?? throw new ProblemException(Kinds.Invalid("secret", $"A flow has at most {FlowSecrets.MaxPerFlow} secrets; remove one that is not used any more."));
        context.Response.Headers.Location = $"/accounts/{account}/flows/{flow}/signing/{added.Id}";
        return TypedResults.Json(ToInfo(added), ApiJson.Wire.SecretInfo, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, string id, FlowSecrets store)
    {
        var (account, flow) = AccountRoute.Names(context);
        if (await store.RemoveAsync(account, flow!, id, context.RequestAborted)) return TypedResults.NoContent();
        throw new ProblemException(Kinds.NotFound("The flow has no such signing secret."));
    }

    private static void Check(NewSecret request)
    {
        var errors = new InputErrors();
        if (!SignatureSchemes.All.TryGetValue(request.Scheme, out var scheme)) errors.Add("scheme", "Must be one of " + string.Join(", ", SignatureSchemes.All.Keys) + ".");
        else if (request.Secret.Length > MaxSecretLength) errors.Add("secret", $"Must be at most {MaxSecretLength} characters.");
        else if (scheme.FaultOf(request.Secret) is { } fault) errors.Add("secret", fault);
        errors.ThrowIfAny();
    }

    private static SecretInfo ToInfo(FlowSecret secret) => new(secret.Id, secret.Scheme, secret.CreatedAt);
}
