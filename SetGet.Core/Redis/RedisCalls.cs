using StackExchange.Redis;

namespace SetGet.Core.Redis;

/// <summary>
/// Calls to Redis that end with their caller's cancellationToken, and with every fault of the connection or the server as
/// <see cref="RedisUnavailableException"/>.
/// </summary>
public sealed class RedisCalls(IConnectionMultiplexer redis)
{
    /// <summary>Longest wait for an answer: the client's own limit, which it looks at about once a second.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly IConnectionMultiplexer _redis = redis;

    /// <summary>Runs one command.</summary>
    internal async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(_redis.GetDatabase()).WaitAsync(cancellationToken);
        }
        // Besides its own exceptions the client throws what it stumbles over in an answer that is none, and, where it is closed because the process ends, that it is.
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new RedisUnavailableException($"Redis does not answer as it should: {e.Message}", e);
        }
    }

    /// <summary>Runs commands whose answers say nothing.</summary>
    internal Task DoAsync(Func<IDatabase, Task> call, CancellationToken cancellationToken) => RunAsync(
        async db =>
        {
            await call(db);
            return true;
        },
        cancellationToken);

    /// <summary>Runs a script on keys of one slot: by its hash, and by its text where the server has not got it.</summary>
    internal Task<RedisResult> ScriptAsync(RedisScript script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
        => RunAsync(db => EvaluateAsync(db, script, keys, values), cancellationToken);

    private static async Task<RedisResult> EvaluateAsync(IDatabase db, RedisScript script, RedisKey[] keys, RedisValue[] values)
    {
        try
        {
            return await db.ScriptEvaluateAsync(script.Hash, keys, values);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // A server that is new, or has forgotten its scripts. It has run nothing; given the text, the client loads the script first.
            return await db.ScriptEvaluateAsync(script.Text, keys, values);
        }
    }
}
