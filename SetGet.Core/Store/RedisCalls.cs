using StackExchange.Redis;

namespace SetGet.Core;

/// <summary>
/// Calls to Redis with a time limit of their own (the oldest client that is supported has none for asynchronous calls), off the client's reader
/// path, with every fault of the connection or the server as <see cref="RedisUnavailableException"/>.
/// </summary>
public sealed class RedisCalls
{
    /// <summary>Longest wait for an answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly IConnectionMultiplexer _redis;

    public RedisCalls(IConnectionMultiplexer redis) => _redis = redis;

    /// <summary>Runs one command.</summary>
    internal async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            var result = await call(_redis.GetDatabase()).WaitAsync(Timeout, cancellationToken);
            // The client completes its tasks on the path that reads the connection: what follows must not run there.
            await Task.Yield();
            return result;
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            throw new RedisUnavailableException($"Redis does not answer as it should: {e.Message}", e);
        }
    }

    /// <summary>Runs a script on keys of one slot.</summary>
    internal Task<RedisResult> ScriptAsync(string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
        => RunAsync(db => RedisScript.EvaluateAsync(db, script, keys, values), cancellationToken);
}
