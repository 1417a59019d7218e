using SetGet.Api.Http;
using SetGet.Api.Problems;
using SetGet.Core.Accounts;
using SetGet.Core.Events;

namespace SetGet.Api.Access;

/// <summary>Which account a request is about, and whether its caller may touch it.</summary>
internal static class AccountAccess
{
    /// <summary>The API key that the middleware let in.</summary>
    public static ApiKey Caller(this HttpContext context)
        => context.Features.Get<ApiKey>() ?? throw new InvalidOperationException("The route does not ask for a role");

    /// <summary>
    /// The account of a reading route: the key's own, or <c>?account=</c> for a key that spans accounts. Another's account
    /// looks exactly like one where nothing is stored.
    /// </summary>
    /// <exception cref="ProblemException">404 for another's account.</exception>
    public static string ReadingAccount(this ApiKey caller, string? asked, InputErrors errors, string howToName = "add ?account=ACCOUNT.")
    {
        if (asked is null)
        {
            if (caller.Account == ApiKey.AllAccounts) errors.Add("account", "Is needed, because this API key spans accounts: " + howToName);
        }
        else if (errors.CheckId("account", asked) && !caller.Owns(asked))
        {
            throw new ProblemException(ProblemKinds.NotFound("This API key finds nothing there."));
        }

        return asked ?? caller.Account;
    }

    /// <exception cref="ProblemException">403: the caller's key belongs to another account.</exception>
    public static void RequireAccount(this ApiKey caller, string account)
    {
        if (!caller.Owns(account))
            throw new ProblemException(ProblemKinds.Forbidden($"This API key belongs to another account than '{account}'. Use a key of that account."));
    }
}
