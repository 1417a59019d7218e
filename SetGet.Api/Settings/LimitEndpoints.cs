using SetGet.Api.Access;
using SetGet.Api.Contract;
using SetGet.Api.Http;
using SetGet.Core.Accounts;
using SetGet.Core.Events;

namespace SetGet.Api.Settings;

/// <summary><c>/accounts/{accountId}/limits</c>: anyone who administers an account may look, only the root key may change.</summary>
internal static class LimitEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/accounts/{accountId}/limits");
        group.MapGet("", GetAsync).WithName("getLimits").WithMetadata(new NeedsRight(Right.Admin)).WithDoc(SettingDocs.GetLimits);
        group.MapPut("", PutAsync).WithName("putLimits").WithMetadata(new NeedsRight(Right.Root)).WithDoc(SettingDocs.PutLimits);
        group.MapDelete("", DeleteAsync).WithName("deleteLimits").WithMetadata(new NeedsRight(Right.Root)).WithDoc(SettingDocs.DeleteLimits);
    }

    private static async Task<IResult> GetAsync(HttpContext context, AccountLimits limits)
    {
        var (account, _) = AccountRoute.Names(context);
        return TypedResults.Json(await limits.GetAsync(account, context.RequestAborted), ApiJson.Wire.LimitSettings);
    }

    private static async Task<IResult> PutAsync(HttpContext context, AccountLimits limits)
    {
        var (account, _) = AccountRoute.Names(context);
        var settings = await JsonBody.ReadAsync(context, ApiJson.Wire.LimitSettings);
        Check(settings);
        await limits.SetAsync(account, settings, context.RequestAborted);
        return TypedResults.Json(settings, ApiJson.Wire.LimitSettings);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, AccountLimits limits)
    {
        var (account, _) = AccountRoute.Names(context);
        await limits.SetAsync(account, null, context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static void Check(LimitSettings settings)
    {
        var errors = new InputErrors();
        CheckOne(errors, "requestsPerSecond", settings.RequestsPerSecond);
        CheckOne(errors, "burst", settings.Burst);
        CheckOne(errors, "maxKeysPerEvent", settings.MaxKeysPerEvent);
        CheckOne(errors, "maxLiveEvents", settings.MaxLiveEvents);
        CheckOne(errors, "maxLiveBytes", settings.MaxLiveBytes);
        if (settings.RequestsPerSecond > 0 && settings.Burst < settings.RequestsPerSecond)
            errors.Add("burst", "Must be at least requestsPerSecond.");
        errors.ThrowIfAny();
    }

    private static void CheckOne(InputErrors errors, string field, long value)
    {
        if (value < 0) errors.Add(field, "Must be 0 (no limit) or more.");
    }
}
