using SetGet.Api.Access;
using SetGet.Api.Http;
using SetGet.Api.OpenApi;
using SetGet.Core.Accounts;
using SetGet.Core.Events;

namespace SetGet.Api.Accounts;

/// <summary><c>/accounts/{accountId}/limits</c>: anyone who administers an account may look, only the root key may change.</summary>
internal static class LimitEndpoints
{
    private const string Example = """{"requestsPerSecond":100,"burst":200,"maxKeysPerEvent":50,"maxLiveEvents":1000000,"maxLiveBytes":1073741824}""";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/accounts/{accountId}/limits").WithTags("Settings").Takes(Parameter.AccountId);
        group.MapGet("", GetAsync).WithName("getLimits").RequireRole(ApiKeyRoles.Admin)
            .WithSummary("The limits of an account")
            .WithDescription("0 means no limit.")
            .Answers<LimitSettings>(200, "The limits that hold.", Example);
        group.MapPut("", PutAsync).WithName("putLimits").RequireRole(ApiKeyRoles.Root)
            .WithSummary("Set the limits of an account")
            .WithDescription("All of them; one that is left out is 0, no limit.")
            .Reads<LimitSettings>("The limits.", Example)
            .Answers<LimitSettings>(200, "The limits that hold.", Example);
        group.MapDelete("", DeleteAsync).WithName("deleteLimits").RequireRole(ApiKeyRoles.Root)
            .WithSummary("Remove the limits of an account")
            .WithDescription("The configured defaults hold again.")
            .Answers(204, "The defaults hold.");
    }

    private static async Task<IResult> GetAsync(HttpContext context, AccountLimits limits)
    {
        var (account, _) = AccountRoute.Read(context);
        return TypedResults.Json(await limits.GetAsync(account, context.RequestAborted), AccountsJson.Wire.LimitSettings);
    }

    private static async Task<IResult> PutAsync(HttpContext context, AccountLimits limits)
    {
        var (account, _) = AccountRoute.Read(context);
        var settings = await JsonBody.ReadAsync(context, AccountsJson.Wire.LimitSettings);
        Check(settings);
        await limits.SetAsync(account, settings, context.RequestAborted);
        return TypedResults.Json(settings, AccountsJson.Wire.LimitSettings);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, AccountLimits limits)
    {
        var (account, _) = AccountRoute.Read(context);
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
