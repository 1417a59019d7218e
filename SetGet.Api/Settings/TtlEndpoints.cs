using SetGet.Api.Access;
using SetGet.Api.Contract;
using SetGet.Api.Http;
using SetGet.Api.Set;
using SetGet.Core.Accounts;

namespace SetGet.Api.Settings;

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
        MapOne(routes.MapGroup("/accounts/{accountId}/ttl"), "AccountTtl", isFlow: false);
        MapOne(routes.MapGroup("/accounts/{accountId}/flows/{flowId}/ttl"), "FlowTtl", isFlow: true);
    }

    private static void MapOne(RouteGroupBuilder group, string name, bool isFlow)
    {
        group.WithMetadata(new NeedsRight(Right.Admin));
        group.MapGet("", GetAsync).WithName("get" + name).WithDoc(SettingDocs.GetTtl(isFlow));
        group.MapPut("", PutAsync).WithName("put" + name).WithDoc(SettingDocs.PutTtl(isFlow));
        group.MapDelete("", DeleteAsync).WithName("delete" + name).WithDoc(SettingDocs.DeleteTtl(isFlow));
    }

    private static async Task<IResult> GetAsync(HttpContext context, TtlSettings settings)
    {
        var (account, flow) = AccountRoute.Names(context);
        return InForce(await settings.GetEffectiveAsync(account, flow, context.RequestAborted));
    }

    private static async Task<IResult> PutAsync(HttpContext context, TtlSettings settings, TtlBounds bounds)
    {
        var (account, flow) = AccountRoute.Names(context);
        var setting = await JsonBody.ReadAsync(context, ApiJson.Wire.TtlSetting);
        bounds.Check(setting.TtlSeconds);
        await settings.SetAsync(account, flow, setting.TtlSeconds, context.RequestAborted);
        return InForce(new EffectiveTtl(setting.TtlSeconds, flow is null ? TtlSource.Account : TtlSource.Flow));
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, TtlSettings settings)
    {
        var (account, flow) = AccountRoute.Names(context);
        await settings.DeleteAsync(account, flow, context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static IResult InForce(EffectiveTtl ttl) =>
        TypedResults.Json(new TtlInForce(ttl.Seconds, ttl.Source.ToString().ToLowerInvariant()), ApiJson.Wire.TtlInForce);
}
