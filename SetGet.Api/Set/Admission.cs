using SetGet.Api.Accounts;
using SetGet.Api.Problems;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Redis;
using SetGet.Core.Store;

namespace SetGet.Api.Set;

/// <summary>Whether a request may come in, and under which id and time: TTL, limits, idempotency; in this order.</summary>
internal sealed partial class Admission(TtlBounds ttl, AccountLimits limits, IdempotencyStore idempotency, ILogger<Admission> logger)
{
    private readonly TtlBounds _ttl = ttl;
    private readonly AccountLimits _limits = limits;
    private readonly IdempotencyStore _idempotency = idempotency;
    private readonly ILogger<Admission> _logger = logger;

    /// <summary>
    /// The head of the envelope; with an idempotency key, under the id and the time of the first request with it, which may be stored already.
    /// </summary>
    /// <exception cref="ProblemException">400, 409, 413 or 429.</exception>
    public async Task<(EnvelopeHead Head, bool IsStored)> AdmitAsync(
        EventRequest request, EnvelopeHead arrived, CancellationToken cancellationToken)
    {
        _ttl.Check(request.TtlSeconds);
        await CheckLimitsAsync(request, cancellationToken);
        return await ClaimAsync(request, arrived, cancellationToken);
    }

    private async Task CheckLimitsAsync(EventRequest request, CancellationToken cancellationToken)
    {
        LimitVerdict verdict;
        try
        {
            verdict = await _limits.CheckAsync(request.AccountId, request.WebhookKeys.Count, request.Size, cancellationToken);
        }
        catch (RedisUnavailableException exception)
        {
            // Accepting needs the queue alone; an event is worth more than a limit kept while the store is away.
            Log.LimitsUnknown(_logger, exception, request.AccountId);
            return;
        }

        if (LimitProblems.Of(verdict, request) is { } problem) throw new ProblemException(problem);
    }

    private async Task<(EnvelopeHead Head, bool IsStored)> ClaimAsync(EventRequest request, EnvelopeHead head, CancellationToken cancellationToken)
    {
        if (head.IdempotencyKey is not { } key) return (head, false);
        try
        {
            var claim = await _idempotency.ClaimAsync(request, key, head.Id, head.AcceptedAt, renewsExpired: true, cancellationToken);
            if (claim.IsConflict) throw new ProblemException(ProblemKinds.IdempotencyConflict());
            return (head with { Id = claim.Id, AcceptedAt = claim.AcceptedAt }, claim.IsStored);
        }
        catch (RedisUnavailableException exception)
        {
            // The worker claims again before it stores: there a repetition is still one event, and a conflict a dead letter.
            Log.ClaimUnknown(_logger, exception, request.AccountId);
            return (head, false);
        }
    }

    /// <summary>Takes back what <see cref="AdmitAsync"/> claimed, because the queue did not take the event: nothing was accepted.</summary>
    public async Task WithdrawAsync(EventRequest request, EnvelopeHead head)
    {
        if (head.IdempotencyKey is not { } key) return;
        try
        {
            await _idempotency.ReleaseAsync(request, key, head.Id, CancellationToken.None);
        }
        catch (RedisUnavailableException exception)
        {
            // The claim stands until its event would have expired: a repetition until then is the same event, as it should be.
            Log.ClaimUnknown(_logger, exception, request.AccountId);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The limits of {Account} could not be checked; the event is accepted without")]
        public static partial void LimitsUnknown(ILogger logger, Exception exception, string account);

        [LoggerMessage(2, LogLevel.Warning, "The idempotency key of an event of {Account} could not be claimed; the worker will")]
        public static partial void ClaimUnknown(ILogger logger, Exception exception, string account);
    }
}
