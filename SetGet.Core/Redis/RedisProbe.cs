namespace SetGet.Core.Redis;

/// <summary>Asks whether Redis takes writes now. A replica, or a server that is out of memory, answers a PING but stores nothing.</summary>
public sealed class RedisProbe(RedisCalls redis)
{
    private readonly RedisCalls _redis = redis;

    /// <summary>False within about two seconds.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _redis.RunAsync(db => db.StringSetAsync(RedisKeys.Probe, "1", TimeSpan.FromMinutes(1)), cancellationToken);
        }
        catch (RedisUnavailableException)
        {
            return false;
        }
    }
}
