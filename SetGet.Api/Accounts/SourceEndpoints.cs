using SetGet.Api.Access;
using SetGet.Api.Http;
using SetGet.Api.OpenApi;
using SetGet.Api.Signing;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Senders;

namespace SetGet.Api.Accounts;

/// <summary>What a flow knows of its sender. All of it may be left out.</summary>
/// <param name="Scheme">Who signs how: <c>standard</c> (Standard Webhooks), <c>github</c> or <c>stripe</c>. The secrets are set under <c>signing</c>.</param>
/// <param name="KeyRules">Templates that make webhook keys of an event, at most 20: <c>order-{/orderId}</c>, <c>{header:X-GitHub-Event}</c>, <c>{id}</c>.</param>
/// <param name="IdHeader">The header that holds the sender's id of the event.</param>
/// <param name="IdPointer">Where the body holds it (RFC 6901), as <c>/id</c>; not beside <paramref name="IdHeader"/>.</param>
/// <param name="Url">The address as the sender has it, for schemes that sign it.</param>
public sealed record SourceSetting(
    string? Scheme = null, IReadOnlyList<string>? KeyRules = null, string? IdHeader = null, string? IdPointer = null, string? Url = null);

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
    }

    private static RouteHandlerBuilder AnswersSource(this RouteHandlerBuilder route)
        => route.Answers<SourceSetting>(200, "What the flow knows.", Example);

    private static async Task<IResult> GetAsync(HttpContext context, FlowSources sources)
    {
        var (account, flow) = AccountRoute.Read(context);
        return ToResult(await sources.GetAsync(account, flow!, context.RequestAborted) ?? FlowSource.Unknown);
    }

    private static async Task<IResult> PutAsync(HttpContext context, FlowSources sources)
    {
        var (account, flow) = AccountRoute.Read(context);
        var errors = new InputErrors();
        var setting = await JsonBody.ReadAsync(context, AccountsJson.Wire.SourceSetting, errors);
        if (setting.Scheme is not null && !SignatureSchemes.All.ContainsKey(setting.Scheme))
            errors.Add("scheme", "Must be one of " + string.Join(", ", SignatureSchemes.All.Keys) + ".");
        var source = new FlowSource
        {
            Scheme = setting.Scheme,
            KeyRules = setting.KeyRules ?? [],
            IdHeader = setting.IdHeader,
            IdPointer = setting.IdPointer,
            Url = setting.Url,
        }.Ready(errors);
        errors.ThrowIfAny();
        await sources.SetAsync(account, flow!, source!, context.RequestAborted);
        return ToResult(source!);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, FlowSources sources)
    {
        var (account, flow) = AccountRoute.Read(context);
        await sources.RemoveAsync(account, flow!, context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static IResult ToResult(FlowSource source)
        => TypedResults.Json(
            new SourceSetting(source.Scheme, source.KeyRules, source.IdHeader, source.IdPointer, source.Url), AccountsJson.Wire.SourceSetting);
}
