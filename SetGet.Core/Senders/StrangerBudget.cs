using SetGet.Core.Redis;

namespace SetGet.Core.Senders;

/// <summary>How many dead letters those may make who prove nothing: what they send must cost bounded storage. Throws <see cref="RedisUnavailableException"/>.</summary>
public sealed class StrangerBudget(RedisCalls redis, TimeProvider time)
{
    /// <summary>In an hour, for one flow.</summary>
    public const int MaxPerHour = 100;

    private static readonly TimeSpan Life = TimeSpan.FromHours(2);

    private readonly RedisCalls _redis = redis;
    private readonly TimeProvider _time = time;

    /// <summary>False once the hour's are used up.</summary>
    public async Task<bool> TryTakeAsync(string account, string flow, CancellationToken cancellationToken)
    {
        var hour = _time.GetUtcNow().ToUnixTimeSeconds() / 3600;
        var key = RedisKeys.Strangers(account, flow, hour);
        return await _redis.RunAsync(
            async db =>
            {
                var count = db.StringIncrementAsync(key);
                var expiry = db.KeyExpireAsync(key, Life);
                await expiry;
                return await count <= MaxPerHour;
            },
            cancellationToken);
    }
}
