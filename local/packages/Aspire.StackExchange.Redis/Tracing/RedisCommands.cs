using System.Collections.Frozen;
using System.Reflection;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis.Tracing;

/// <summary>The Redis command behind a method of the client.</summary>
internal static class RedisCommands
{
    private static readonly FrozenDictionary<string, string> Names = Parse(
        """
        StringGet=GET StringSet=SET StringIncrement=INCRBY StringDecrement=DECRBY StringAppend=APPEND StringLength=STRLEN
        KeyDelete=DEL KeyExists=EXISTS KeyExpire=PEXPIRE KeyTimeToLive=PTTL KeyPersist=PERSIST KeyType=TYPE KeyRename=RENAME
        HashGet=HGET HashGetAll=HGETALL HashSet=HSET HashDelete=HDEL HashExists=HEXISTS HashIncrement=HINCRBY HashLength=HLEN
        ListLeftPush=LPUSH ListRightPush=RPUSH ListLeftPop=LPOP ListRightPop=RPOP ListRange=LRANGE ListLength=LLEN ListTrim=LTRIM
        SetAdd=SADD SetRemove=SREM SetMembers=SMEMBERS SetContains=SISMEMBER SetLength=SCARD
        SortedSetAdd=ZADD SortedSetRemove=ZREM SortedSetLength=ZCARD SortedSetScore=ZSCORE SortedSetRank=ZRANK
        SortedSetIncrement=ZINCRBY SortedSetRangeByRank=ZRANGE SortedSetRangeByRankWithScores=ZRANGE
        SortedSetRangeByScore=ZRANGEBYSCORE SortedSetRangeByScoreWithScores=ZRANGEBYSCORE
        SortedSetRemoveRangeByScore=ZREMRANGEBYSCORE SortedSetRemoveRangeByRank=ZREMRANGEBYRANK
        Publish=PUBLISH Ping=PING ScriptEvaluate=EVALSHA
        """);

    private static readonly FrozenDictionary<string, string> NamesOfMany = Parse("StringGet=MGET StringSet=MSET HashGet=HMGET HashSet=HMSET");

    /// <summary>They send nothing, or not now, or many commands.</summary>
    private static readonly FrozenSet<string> Silent = FrozenSet.Create(
        StringComparer.Ordinal, "CreateBatch", "CreateTransaction", "Wait", "TryWait", "WaitAll", "IsConnected", "HashScan", "SetScan", "SortedSetScan");

    /// <summary>Null for a method without a command of its own. One that is not known goes by its own name.</summary>
    internal static string? Name(MethodInfo method, object?[]? arguments)
    {
        var name = method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name[..^"Async".Length] : method.Name;
        if (method.IsSpecialName || Silent.Contains(name))
            return null;
        if (name == "Execute" && arguments is [string command, ..])
            return command.ToUpperInvariant();
        return HasMany(arguments) && NamesOfMany.TryGetValue(name, out var known) ? known : Names.GetValueOrDefault(name, name.ToUpperInvariant());
    }

    private static bool HasMany(object?[]? arguments) =>
        arguments is not null
        && Array.Exists(arguments, static argument => argument is RedisKey[] or RedisValue[] or HashEntry[] or KeyValuePair<RedisKey, RedisValue>[]);

    private static FrozenDictionary<string, string> Parse(string pairs) => pairs
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(static pair => pair.Split('='))
        .ToFrozenDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
}
