using SetGet.Api.Access;
using SetGet.Api.Http;
using SetGet.Api.OpenApi;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Senders;
using SetGet.Core.Signing;

namespace SetGet.Api.Accounts;

/// <summary>What a flow knows of its sender. All of it may be left out.</summary>
/// <param name="Scheme">Who signs how, as the secrets under <c>signing</c> name it; then what is not signed is refused. <c>custom</c> is described here.</param>
/// <param name="Custom">The scheme <c>custom</c>: a hash in a header.</param>
/// <param name="KeyRules">Templates that make webhook keys of an event, at most 20: <c>order-{/orderId}</c>, <c>{header:X-GitHub-Event}</c>, <c>{id}</c>.</param>
/// <param name="IdHeader">The header that holds the sender's id of the event.</param>
/// <param name="IdPointer">Where the body holds it (RFC 6901), as <c>/id</c>; not beside <paramref name="IdHeader"/>.</param>
/// <param name="Handshake">How the sender asks whether this is its receiver; left out, as its scheme's senders do.</param>
/// <param name="Url">The address as the sender has it, query included, for schemes that sign it.</param>
public sealed record SourceSetting(
    string? Scheme = null, HmacDescription? Custom = null, IReadOnlyList<string>? KeyRules = null, string? IdHeader = null, string? IdPointer = null,
    string? Handshake = null, string? Url = null)
{
    internal static SourceSetting Of(FlowSource source)
        => new(source.Scheme, source.Custom, source.KeyRules, source.IdHeader, source.IdPointer, source.Handshake, source.Url);

    /// <summary>The source that it describes; null where it is none, and the errors say why.</summary>
    internal FlowSource? ToSource(InputErrors errors) => new FlowSource
    {
        Scheme = Scheme,
        Custom = Custom,
        Handshake = Handshake,
        KeyRules = KeyRules ?? [],
        IdHeader = IdHeader,
        IdPointer = IdPointer,
        Url = Url,
    }.Ready(errors);
}

/// <summary><c>/accounts/{accountId}/flows/{flowId}/source</c>: who sends a flow's webhooks, and which keys they get.</summary>
internal static class SourceEndpoints
{
    private const string Example = """{"scheme":"github","keyRules":["{header:X-GitHub-Event}:{/repository/full_name}"],"idHeader":"X-GitHub-Delivery"}""";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/accounts/{accountId}/flows/{flowId}/source").WithTags("Settings").RequireRole(ApiKeyRoles.Admin)
            .Takes(Parameter.AccountId, Parameter.FlowId);
        group.MapGet("", GetAsync).WithName("getSource").AnswersSource()
            .WithSummary("What a flow knows of its sender")
            .WithDescription("Without members that are not set; `keyRules` is always there, and may be empty.");
        group.MapPut("", PutAsync).WithName("putSource").AnswersSource()
            .WithSummary("Say who sends a flow's webhooks")
            .WithDescription("All of it; what is left out is not set any more. Holds within five seconds in every process. The keys that the rules make are added "
                + "to those that a request names. `POST .../source/try` shows which they are.")
            .Reads<SourceSetting>("The scheme, the key rules, and where the event's id is.", Example);
        group.MapDelete("", DeleteAsync).WithName("deleteSource")
            .WithSummary("Forget who sends a flow's webhooks")
            .WithDescription("Removing what is not set changes nothing. The signing secrets stay.")
            .Answers(204, "It is not set.");
        SourceTrialEndpoint.Map(group);
        SourceDeliveriesEndpoint.Map(group);
    }

    private static RouteHandlerBuilder AnswersSource(this RouteHandlerBuilder route)
        => route.Answers<SourceSetting>(200, "What the flow knows.", Example);

    private static async Task<IResult> GetAsync(HttpContext context, FlowSources sources)
    {
        var (account, flow) = AccountRoute.Read(context);
        return ToResult(await sources.GetAsync(account, flow!, context.RequestAborted) ?? FlowSource.Unknown);
    }

    private static async Task<IResult> PutAsync(HttpContext context, FlowSources sources, FlowSecrets secrets)
    {
        var (account, flow) = AccountRoute.Read(context);
        var errors = new InputErrors();
        var setting = await JsonBody.ReadAsync(context, AccountsJson.Wire.SourceSetting, errors);
        var source = setting.ToSource(errors);
        if (setting.Scheme is { } scheme && !errors.Any) await RequireSecretAsync(account, flow!, scheme, secrets, errors, context.RequestAborted);
        errors.ThrowIfAny();
        await sources.SetAsync(account, flow!, source!, context.RequestAborted);
        return ToResult(source!);
    }

    // With a scheme and no secret the flow would refuse everything.
    private static async Task RequireSecretAsync(
        string account, string flow, string scheme, FlowSecrets secrets, InputErrors errors, CancellationToken cancellationToken)
    {
        if ((await secrets.GetAsync(account, flow, cancellationToken)).Any(secret => secret.Scheme == scheme)) return;
        errors.Add("scheme", $"The flow has no secret of {scheme} yet: add the sender's at POST /accounts/{account}/flows/{flow}/signing first.");
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, FlowSources sources)
    {
        var (account, flow) = AccountRoute.Read(context);
        await sources.RemoveAsync(account, flow!, context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static IResult ToResult(FlowSource source)
        => TypedResults.Json(SourceSetting.Of(source), AccountsJson.Wire.SourceSetting);
}
