using SetGet.Api.Problems;
using SetGet.Core.Events;

namespace SetGet.Api.Http;

/// <summary>Checks of the names in a request.</summary>
internal static class InputChecks
{
    /// <summary>Whether it is an id; adds an error where not.</summary>
    public static bool CheckId(this InputErrors errors, string field, string value)
    {
        var isId = Names.IsId(value);
        if (!isId) errors.Add(field, "Must be " + Names.IdRule);
        return isId;
    }

    /// <summary>Adds an error where it is no webhook key.</summary>
    public static void CheckWebhookKey(this InputErrors errors, string field, string value)
    {
        if (!Names.IsWebhookKey(value)) errors.Add(field, "Must be " + Names.WebhookKeyRule);
    }

    /// <exception cref="ProblemException">400, where there are errors.</exception>
    public static void ThrowIfAny(this InputErrors errors)
    {
        if (errors.Any) throw new ProblemException(ProblemKinds.Invalid(errors));
    }
}
