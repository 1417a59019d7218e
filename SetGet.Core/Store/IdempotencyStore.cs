using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Store;

/// <summary>What is known of an idempotency key.</summary>
/// <param name="Id">The event id to answer with, and to queue under: the first claim's.</param>
/// <param name="AcceptedAt">The first claim's, epoch milliseconds.</param>
/// <param name="IsStored">The event is known to be stored under the request's webhook keys: it need not be queued again.</param>
/// <param name="IsConflict">The key was claimed for another body.</param>
public readonly record struct IdempotencyClaim(string Id, long AcceptedAt, bool IsStored, bool IsConflict);

/// <summary>
/// Idempotency keys by account and flow, for 24 hours. One key is one event: sent again under other webhook keys, it goes under those as well; with
/// another body it is a conflict. Throws <see cref="RedisUnavailableException"/>.
/// </summary>
public sealed class IdempotencyStore(RedisCalls redis, TtlSettings ttl)
{
    private static readonly RedisScript ClaimScript = RedisScript.Load<IdempotencyStore>("claim");
    private static readonly RedisScript MarkScript = RedisScript.Load<IdempotencyStore>("mark");
    private static readonly RedisScript ReleaseScript = RedisScript.Load<IdempotencyStore>("release");
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private readonly RedisCalls _redis = redis;
    private readonly TtlSettings _ttl = ttl;

    /// <summary>
    /// Claims the key for this request, or says who has it. A claim proves nothing of the queue: unless <c>IsStored</c>, queue the event
    /// (again) under the claim's id and time.
    /// </summary>
    /// <param name="renewsExpired">Whether a claim is made anew whose event is not known to be stored, and would have expired: it has come to nothing.</param>
    public async Task<IdempotencyClaim> ClaimAsync(
        EventRequest request, string key, string id, long acceptedAt, bool renewsExpired, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = request.BodyHash();
        var nothingBefore = renewsExpired ? acceptedAt - (await _ttl.ExpiresAtAsync(request, acceptedAt, cancellationToken) - acceptedAt) : 0;
        RedisValue[] values = [id, acceptedAt, body, (long)Life.TotalMilliseconds, request.KeysHash(), nothingBefore];
        var answer = await _redis.ScriptAsync(ClaimScript, [Key(request, key)], values, cancellationToken);
        return RedisData.Read("The claim of an idempotency key", (answer, body), static each => Parse((RedisValue[])each.answer!, each.body));
    }

    private static IdempotencyClaim Parse(RedisValue[] claim, byte[] body)
        => new(claim[0]!, (long)claim[1], claim[3] == "1", IsConflict: !body.AsSpan().SequenceEqual((byte[])claim[2]!));

    /// <summary>Takes a claim back that led to nothing: the queue did not take its event. One that was stored all the same stays.</summary>
    public Task ReleaseAsync(EventRequest request, string key, string id, CancellationToken cancellationToken)
        => _redis.ScriptAsync(ReleaseScript, [Key(request, key)], [id], cancellationToken);

    /// <summary>After the event of the claim is stored under all the request's keys.</summary>
    internal Task MarkStoredAsync(EventRequest request, string key, CancellationToken cancellationToken)
        => _redis.ScriptAsync(MarkScript, [Key(request, key)], [request.KeysHash()], cancellationToken);

    private static RedisKey Key(EventRequest request, string key) => RedisKeys.Claim(request.AccountId, request.FlowId, key);
}
