using Microsoft.Extensions.Options;
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
        AccountLimit.Requests => Kinds.TooMany(
            $"Account '{request.AccountId}' may send {verdict.Maximum} requests per second. Nothing was accepted; send again after Retry-After.", Seconds(verdict)),
        AccountLimit.KeysPerEvent => Kinds.OverLimit(
            $"An event of account '{request.AccountId}' may be under at most {verdict.Maximum} webhook keys; this one names {request.WebhookKeys.Count}. Send it with fewer keys."),
        AccountLimit.LiveEvents => Kinds.TooMany(
            $"Account '{request.AccountId}' may keep {verdict.Maximum} events at once. Nothing was accepted; take or delete some, shorten the TTL, or send again later.", Seconds(verdict)),
        _ => Kinds.TooMany(
            $"Account '{request.AccountId}' may keep {verdict.Maximum} bytes at once. Nothing was accepted; take or delete some, shorten the TTL, or send again later.", Seconds(verdict)),
    };

    private static int Seconds(LimitVerdict verdict) =>
        verdict.RetryAfter is { } wait ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 60;
}

/// <summary>The bounds that a TTL must keep, wherever one is named.</summary>
internal sealed class TtlBounds
{
    private readonly TtlOptions _options;

    public TtlBounds(IOptions<TtlOptions> options) => _options = options.Value;

    /// <exception cref="ProblemException">400: the TTL is out of bounds.</exception>
    public void Check(int? seconds)
    {
        if (seconds is { } value && (value < _options.MinimumSeconds || value > _options.MaximumSeconds))
            throw new ProblemException(Kinds.Invalid("ttlSeconds", Rule));
    }

    /// <summary>The bounds, in a sentence.</summary>
    public string Rule => $"Must be a whole number of seconds from {_options.MinimumSeconds} to {_options.MaximumSeconds}.";
}
