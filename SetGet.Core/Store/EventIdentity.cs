using SetGet.Core.Accounts;

namespace SetGet.Core.Store;

/// <summary>Under which id and time an envelope is stored, and until when; or why it is not.</summary>
public sealed class EventIdentity(IdempotencyStore idempotency, TtlSettings ttl, TimeProvider time)
{
    private readonly IdempotencyStore _idempotency = idempotency;
    private readonly TtlSettings _ttl = ttl;
    private readonly TimeProvider _time = time;

    /// <summary>Sets id, time and expiry; with an idempotency key those of its first request. A conflict or an expired event gets its result.</summary>
    internal async Task ResolveAsync(StoreItem item, CancellationToken cancellationToken)
    {
        var (request, head) = (item.Request, item.Envelope.Head);
        if (head.IdempotencyKey is { } key)
        {
            var claim = await _idempotency.ClaimAsync(request, key, head.Id, head.AcceptedAt, renewsExpired: false, cancellationToken);
            if (claim.IsConflict)
            {
                item.Result = new StoreResult(StoreOutcome.Conflict);
                return;
            }

            item.Id = Guid.ParseExact(claim.Id, "D");
            item.AcceptedAt = claim.AcceptedAt;
        }

        item.ExpiresAt = await _ttl.ExpiresAtAsync(request, item.AcceptedAt, cancellationToken);
        if (item.ExpiresAt <= _time.GetUtcNow().ToUnixTimeMilliseconds()) item.Result = new StoreResult(StoreOutcome.Expired);
    }

    /// <summary>After the event is stored under all its keys.</summary>
    internal Task MarkStoredAsync(StoreItem item, CancellationToken cancellationToken)
        => _idempotency.MarkStoredAsync(item.Request, item.Envelope.Head.IdempotencyKey!, cancellationToken);
}
