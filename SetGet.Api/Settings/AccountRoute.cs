using SetGet.Api.Access;
using SetGet.Core.Events;

namespace SetGet.Api.Settings;

/// <summary>Reads and checks the names in <c>/accounts/{accountId}/...</c>.</summary>
internal static class AccountRoute
{
    /// <summary>The account, and the flow where the route has one.</summary>
    /// <exception cref="Problems.ProblemException">400 for what is no name, 403 for another's account.</exception>
    public static (string Account, string? Flow) Names(HttpContext context)
    {
        var errors = new InputErrors();
        var account = Text(context, "accountId")!;
        var flow = Text(context, "flowId");
        errors.CheckId("accountId", account);
        if (flow is not null) errors.CheckId("flowId", flow);
        errors.ThrowIfAny();
        context.Caller().RequireAccount(account);
        return (account, flow);
    }

    public static string? Text(HttpContext context, string name) => context.Request.RouteValues[name] as string;
}
