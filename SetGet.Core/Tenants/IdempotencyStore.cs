namespace SetGet.Core;

/// <summary>What is known of an idempotency key.</summary>
/// <param name="Id">The event id to answer with, and to queue under: the first claim's.</param>
/// <param name="AcceptedAt">The first claim's, epoch milliseconds.</param>
/// <param name="IsStored">The event is known to be stored: it need not be queued again.</param>
/// <param name="IsConflict">The key was claimed for another request.</param>
public readonly record struct IdempotencyClaim(string Id, long AcceptedAt, bool IsStored, bool IsConflict);

/// <summary>Idempotency keys by account and flow, for 24 hours. Throws <see cref="RedisUnavailableException"/>.</summary>
public sealed class IdempotencyStore
{
    /// <summary>
    /// Claims the key for this request, or says who has it. A claim proves nothing of the queue: unless <c>IsStored</c>, queue the event
    /// (again) under the claim's id and time. <paramref name="contentHash"/> is <see cref="EventRequest.ContentHash"/>.
    /// </summary>
    public Task<IdempotencyClaim> ClaimAsync(string account, string flow, string key, ReadOnlyMemory<byte> contentHash, string id, long acceptedAt, CancellationToken cancellationToken)
        => throw new NotSupportedException();
}
