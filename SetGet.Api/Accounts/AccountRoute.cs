using SetGet.Api.Access;
using SetGet.Api.Http;
using SetGet.Core.Events;

namespace SetGet.Api.Accounts;

/// <summary>Reads and checks the names in <c>/accounts/{accountId}/...</c>.</summary>
internal static class AccountRoute
{
    /// <summary>The account, and the flow where the route has one.</summary>
    /// <exception cref="Problems.ProblemException">400 for what is no name, 403 for another's account.</exception>
    public static (string Account, string? Flow) Read(HttpContext context)
    {
        var errors = new InputErrors();
        var account = (string)context.Request.RouteValues[Parameter.AccountId.Name]!;
        var flow = context.Request.RouteValues[Parameter.FlowId.Name] as string;
        errors.CheckId(Parameter.AccountId.Name, account);
        if (flow is not null) errors.CheckId(Parameter.FlowId.Name, flow);
        errors.ThrowIfAny();
        context.Caller().RequireAccount(account);
        return (account, flow);
    }
}
