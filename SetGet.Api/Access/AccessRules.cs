using SetGet.Api.Problems;
using SetGet.Core.Events;

namespace SetGet.Api.Access;

/// <summary>Which account a request is about, and whether its caller may touch it.</summary>
internal static class AccessRules
{
    /// <summary>The caller that the middleware let in.</summary>
    public static Caller Caller(this HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("The route does not ask for a right");

    /// <summary>
    /// The account of a reading route: the key's own, or <c>?account=</c> for a key that spans accounts. Another's account
    /// looks exactly like one where nothing is stored.
    /// </summary>
    /// <exception cref="ProblemException">404 for another's account.</exception>
    public static string? ReadingAccount(this Caller caller, string? asked, InputErrors errors)
    {
        if (asked is null)
        {
            if (caller.Account is null) errors.Add("account", "Is needed, because this API key spans accounts: add ?account=ACCOUNT.");
            return caller.Account;
        }

        if (!Names.IsId(asked))
        {
            errors.Add("account", "Must be " + Names.IdRule);
            return null;
        }

        return caller.MayUse(asked) ? asked : throw new ProblemException(Kinds.NotFound("This API key finds nothing there."));
    }

    /// <exception cref="ProblemException">403: the caller's key belongs to another account.</exception>
    public static void RequireAccount(this Caller caller, string account)
    {
        if (!caller.MayUse(account))
            throw new ProblemException(Kinds.Forbidden($"This API key belongs to another account than '{account}'. Use a key of that account."));
    }
}

/// <summary>Checks of the parts of a path.</summary>
internal static class PathRules
{
    /// <summary>Adds an error where a part of the path is no id.</summary>
    public static void CheckId(this InputErrors errors, string field, string value)
    {
        if (!Names.IsId(value)) errors.Add(field, "Must be " + Names.IdRule);
    }

    /// <summary>Adds an error where a part of the path is no webhook key.</summary>
    public static void CheckWebhookKey(this InputErrors errors, string field, string value)
    {
        if (!Names.IsWebhookKey(value)) errors.Add(field, "Must be " + Names.WebhookKeyRule);
    }

    /// <exception cref="ProblemException">400, where there are errors.</exception>
    public static void ThrowIfAny(this InputErrors errors)
    {
        if (errors.Any) throw new ProblemException(Kinds.Invalid(errors));
    }
}
