using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Store;

/// <summary>What is known of an idempotency key.</summary>
/// <param name="Id">The event id to answer with, and to queue under: the first claim's.</param>
/// <param name="AcceptedAt">The first claim's, epoch milliseconds.</param>
/// <param name="IsStored">The event is known to be stored: it need not be queued again.</param>
/// <param name="IsConflict">The key was claimed for another request.</param>
public readonly record struct IdempotencyClaim(string Id, long AcceptedAt, bool IsStored, bool IsConflict);

/// <summary>Idempotency keys by account and flow, for 24 hours. Throws <see cref="RedisUnavailableException"/>.</summary>
public sealed class IdempotencyStore(RedisCalls redis)
{
    private static readonly string ClaimScript = RedisScript.Load<IdempotencyStore>("claim");
    private static readonly string MarkScript = RedisScript.Load<IdempotencyStore>("mark");
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private readonly RedisCalls _redis = redis;

    /// <summary>
    /// Claims the key for this request, or says who has it. A claim proves nothing of the queue: unless <c>IsStored</c>, queue the event
    /// (again) under the claim's id and time. <paramref name="contentHash"/> is <c>EventRequest.ContentHash</c>.
    /// </summary>
    public async Task<IdempotencyClaim> ClaimAsync(
        string account, string flow, string key, ReadOnlyMemory<byte> contentHash, string id, long acceptedAt, CancellationToken cancellationToken)
    {
        RedisValue[] values = [id, acceptedAt, contentHash.ToArray(), (long)Life.TotalMilliseconds];
        var answer = await _redis.ScriptAsync(ClaimScript, [RedisKeys.Claim(account, flow, key)], values, cancellationToken);
        var claim = (RedisValue[])answer!;
        var isConflict = !contentHash.Span.SequenceEqual((byte[])claim[2]!);
        return new IdempotencyClaim(claim[0]!, (long)claim[1], claim[3] == "1", isConflict);
    }

    /// <summary>After the event of the claim is stored under all its keys.</summary>
    internal Task MarkStoredAsync(string account, string flow, string key, CancellationToken cancellationToken)
        => _redis.ScriptAsync(MarkScript, [RedisKeys.Claim(account, flow, key)], [], cancellationToken);
}
