using System.ComponentModel.DataAnnotations;
using Microsoft.OpenApi;
using SetGet.Api.Access;
using SetGet.Api.Http;
using SetGet.Api.OpenApi;
using SetGet.Api.Problems;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Senders;
using SetGet.Core.Signing;

namespace SetGet.Api.Accounts;

/// <summary>The body that adds a signing secret to a flow.</summary>
/// <param name="Scheme">
/// Who signs how: <c>standard</c> (Standard Webhooks), <c>svix</c>, <c>github</c>, <c>stripe</c>, <c>slack</c>, <c>shopify</c>, <c>twilio</c>, <c>meta</c>,
/// <c>mailgun</c>, <c>gitlab</c>, <c>bitbucket</c>, <c>dropbox</c>, <c>zoom</c>, <c>graph</c>; <c>custom</c>, as the flow's source describes it; or <c>verify-token</c>, which Meta repeats
/// in its challenge.
/// </param>
/// <param name="Secret">The secret as the sender shows it. It is never shown again.</param>
public sealed record NewSecret(string Scheme, [property: MaxLength(256, ErrorMessage = "Must be at most {1} characters.")] string Secret);

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
    private const string Example = """{"id":"1f2e3d4c","scheme":"github","createdAt":"2026-01-31T12:00:00.123Z"}""";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/accounts/{accountId}/flows/{flowId}/signing").WithTags("Settings").RequireRole(ApiKeyRoles.Admin)
            .Takes(Parameter.AccountId, Parameter.FlowId);
        group.MapGet("", ListAsync).WithName("listSecrets")
            .WithSummary("The signing secrets of a flow")
            .WithDescription("Without the secrets themselves, oldest first.")
            .Answers<SecretList>(200, "The secrets; there may be none.", $$"""{"secrets":[{{Example}}]}""");
        group.MapPost("", AddAsync).WithName("addSecret")
            .WithSummary("Add a signing secret to a flow")
            .WithDescription("From then on, within five seconds in every process, the flow accepts signed webhooks only. To rotate: add the new one, "
                + "change the sender, remove the old one.")
            .Reads<NewSecret>("The scheme, and the secret as the sender has it.", """{"scheme":"github","secret":"a-long-random-secret"}""")
            .Answers<SecretInfo>(
                201,
                "The secret is set. It is never shown again.",
                Example,
                new HeaderDescription("Location", "Where it can be removed.", "/accounts/acme/flows/orders/signing/1f2e3d4c"));
        group.MapDelete("/{id}", RemoveAsync).WithName("removeSecret")
            .WithSummary("Remove a signing secret")
            .WithDescription("Once the last is removed, the flow's webhooks need an API key again.")
            .Takes(new Parameter("id", ParameterLocation.Path, "The secret's id.", "1f2e3d4c"))
            .Answers(204, "It is gone.")
            .Fails(404);
    }

    private static async Task<IResult> ListAsync(HttpContext context, FlowSecrets store)
    {
        var (account, flow) = AccountRoute.Read(context);
        var secrets = await store.GetAsync(account, flow!, context.RequestAborted);
        return TypedResults.Json(new SecretList([.. secrets.Select(ToInfo)]), AccountsJson.Wire.SecretList);
    }

    private static async Task<IResult> AddAsync(HttpContext context, FlowSecrets store)
    {
        var (account, flow) = AccountRoute.Read(context);
        var errors = new InputErrors();
        var request = await JsonBody.ReadAsync(context, AccountsJson.Wire.NewSecret, errors);
        Check(request, errors);
        var added = await store.AddAsync(account, flow!, request.Scheme, request.Secret, context.RequestAborted)
            ?? throw new ProblemException(
                ProblemKinds.Invalid("secret", $"A flow has at most {FlowSecrets.MaxPerFlow} secrets; remove one that is not used any more."));
        context.Response.Headers.Location = $"/accounts/{account}/flows/{flow}/signing/{added.Id}";
        return TypedResults.Json(ToInfo(added), AccountsJson.Wire.SecretInfo, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, string id, FlowSecrets store)
    {
        var (account, flow) = AccountRoute.Read(context);
        if (await store.RemoveAsync(account, flow!, id, context.RequestAborted)) return TypedResults.NoContent();
        throw new ProblemException(ProblemKinds.NotFound("The flow has no such signing secret."));
    }

    private static void Check(NewSecret request, InputErrors errors)
    {
        // The secrets of a described scheme, and tokens, are text of the sender's; the other schemes know what theirs are.
        var isText = request.Scheme is SignatureSchemes.Custom or Handshakes.TokenScheme;
        if (!isText && !SignatureSchemes.All.ContainsKey(request.Scheme)) errors.Add("scheme", $"Must be one of {SignatureSchemes.Names}, {Handshakes.TokenScheme}.");
        else if (!errors.Any && FaultOf(request) is { } fault) errors.Add("secret", fault);
        errors.ThrowIfAny();
    }

    private static string? FaultOf(NewSecret request) => SignatureSchemes.All.TryGetValue(request.Scheme, out var scheme)
        ? scheme.FaultOf(request.Secret)
        : Signatures.ShortSecret(request.Secret);

    private static SecretInfo ToInfo(FlowSecret secret) => new(secret.Id, secret.Scheme, secret.CreatedAt);
}
