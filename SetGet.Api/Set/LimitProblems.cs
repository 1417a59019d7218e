using SetGet.Api.Problems;
using SetGet.Core.Accounts;
using SetGet.Core.Events;

namespace SetGet.Api.Set;

/// <summary>Limits that a request meets, in words.</summary>
internal static class LimitProblems
{
    /// <summary>The problem; null where no limit is met.</summary>
    public static Problem? Of(LimitVerdict verdict, EventRequest request) => verdict.Limit switch
    {
        AccountLimit.None => null,
        AccountLimit.Requests => ProblemKinds.TooMany(
            $"Account '{request.AccountId}' may send {verdict.Maximum} requests per second. Nothing was accepted; send again after Retry-After.",
                Seconds(verdict)),
        AccountLimit.KeysPerEvent => ProblemKinds.OverLimit(
            $"An event of account '{request.AccountId}' may be under at most {verdict.Maximum} webhook keys; this one names "
                + $"{request.WebhookKeys.Count}. Send it with fewer keys."),
        AccountLimit.LiveEvents => ProblemKinds.TooMany(
            $"Account '{request.AccountId}' may keep {verdict.Maximum} events at once. Nothing was accepted; take or delete some, shorten the TTL, or "
                + "send again later.", Seconds(verdict)),
        _ => ProblemKinds.TooMany(
            $"Account '{request.AccountId}' may keep {verdict.Maximum} bytes at once. Nothing was accepted; take or delete some, shorten the TTL, or "
                + "send again later.", Seconds(verdict)),
    };

    private static int Seconds(LimitVerdict verdict)
        => verdict.RetryAfter is { } wait ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 60;
}
