using System.Globalization;
using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Accounts;

/// <summary>An API key as Redis holds it: a hash of its own, found by the id that is part of the secret.</summary>
internal sealed record ApiKeyRecord(ApiKey Key, byte[] SecretHash, bool IsRevoked)
{
    private static readonly RedisValue[] Fields = ["account", "name", "roles", "hash", "created", "expires", "used", "revoked"];

    internal HashEntry[] ToEntries()
    {
        var entries = new List<HashEntry>
        {
            new("account", Key.Account),
            new("name", Key.Name),
            new("roles", (int)Key.Roles),
            new("hash", SecretHash),
            new("created", Key.CreatedAt.ToUnixTimeMilliseconds()),
        };
        if (Key.ExpiresAt is { } expires) entries.Add(new("expires", expires.ToUnixTimeMilliseconds()));
        return [.. entries];
    }

    internal static async Task<ApiKeyRecord?> ReadAsync(RedisCalls redis, string id, CancellationToken cancellationToken)
    {
        var values = await redis.RunAsync(db => db.HashGetAsync(RedisKeys.ApiKey(id), Fields), cancellationToken);
        return values[0].IsNull ? null : RedisData.Read($"The API key {id}", values, each => Parse(id, each));
    }

    private static ApiKeyRecord Parse(string id, RedisValue[] values)
    {
        var key = new ApiKey(id, values[0]!, values[1]!, (ApiKeyRoles)(int)values[2], Time(values[4]) ?? throw new FormatException("It has no time of creation."), Time(values[5]), Time(values[6]));
        return new ApiKeyRecord(key, (byte[]?)values[3] ?? throw new FormatException("It has no hash."), !values[7].IsNull);
    }

    private static DateTimeOffset? Time(RedisValue value)
        => value.IsNull ? null : DateTimeOffset.FromUnixTimeMilliseconds(long.Parse((string)value!, CultureInfo.InvariantCulture));
}
