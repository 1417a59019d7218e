using SetGet.Api.Access;
using SetGet.Api.Http;
using SetGet.Api.OpenApi;
using SetGet.Core.Accounts;

namespace SetGet.Api.Accounts;

/// <summary>The body that sets a TTL.</summary>
/// <param name="TtlSeconds">Whole seconds, within the configured bounds.</param>
public sealed record TtlSetting(int TtlSeconds);

/// <summary>The TTL that holds, and who set it.</summary>
/// <param name="TtlSeconds">Whole seconds.</param>
/// <param name="Source"><c>flow</c>, <c>account</c> or <c>default</c>.</param>
public sealed record TtlInForce(int TtlSeconds, string Source);

/// <summary>The TTLs of accounts and flows. A change holds for events that are accepted from then on.</summary>
internal static class TtlEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        MapOne(routes.MapGroup("/accounts/{accountId}/ttl").Takes(Parameter.AccountId), "AccountTtl", "an account", "account");
        MapOne(routes.MapGroup("/accounts/{accountId}/flows/{flowId}/ttl").Takes(Parameter.AccountId, Parameter.FlowId), "FlowTtl", "a flow", "flow");
    }

    private static void MapOne(RouteGroupBuilder group, string name, string of, string source)
    {
        group.WithTags("Settings").RequireRole(ApiKeyRoles.Admin);
        group.MapGet("", GetAsync).WithName("get" + name).AnswersTtl(source)
            .WithSummary($"The TTL of {of}")
            .WithDescription("The one that holds for an event accepted now, and where it comes from: `flow`, `account` or `default`.");
        group.MapPut("", PutAsync).WithName("put" + name).AnswersTtl(source)
            .WithSummary($"Set the TTL of {of}")
            .WithDescription("Holds for events that are accepted from then on, within five seconds in every process.")
            .Reads<TtlSetting>("Whole seconds, within the configured bounds.", """{"ttlSeconds":3600}""");
        group.MapDelete("", DeleteAsync).WithName("delete" + name)
            .WithSummary($"Remove the TTL of {of}")
            .WithDescription("What is above it holds again. Removing what is not set changes nothing.")
            .Answers(204, "It is not set.");
    }

    private static RouteHandlerBuilder AnswersTtl(this RouteHandlerBuilder route, string source)
        => route.Answers<TtlInForce>(200, "The TTL that holds.", $$"""{"ttlSeconds":3600,"source":"{{source}}"}""");

    private static async Task<IResult> GetAsync(HttpContext context, TtlSettings settings)
    {
        var (account, flow) = AccountRoute.Read(context);
        return ToResult(await settings.GetEffectiveAsync(account, flow, context.RequestAborted));
    }

    private static async Task<IResult> PutAsync(HttpContext context, TtlSettings settings, TtlBounds bounds)
    {
        var (account, flow) = AccountRoute.Read(context);
        var setting = await JsonBody.ReadAsync(context, AccountsJson.Wire.TtlSetting);
        bounds.Check(setting.TtlSeconds);
        await settings.SetAsync(account, flow, setting.TtlSeconds, context.RequestAborted);
        return ToResult(new EffectiveTtl(setting.TtlSeconds, flow is null ? TtlSource.Account : TtlSource.Flow));
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, TtlSettings settings)
    {
        var (account, flow) = AccountRoute.Read(context);
        await settings.DeleteAsync(account, flow, context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static IResult ToResult(EffectiveTtl ttl)
        => TypedResults.Json(new TtlInForce(ttl.Seconds, ttl.Source.ToString().ToLowerInvariant()), AccountsJson.Wire.TtlInForce);
}
