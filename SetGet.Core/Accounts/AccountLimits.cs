using Microsoft.Extensions.Options;
using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Accounts;

/// <summary>Which limit a request meets.</summary>
public enum AccountLimit
{
    None = 0,
    Requests = 1,
    KeysPerEvent = 2,
    LiveEvents = 3,
    LiveBytes = 4,
}

/// <summary>Whether an account may go on.</summary>
/// <param name="Limit">The limit that is met; <see cref="AccountLimit.None"/>: go on.</param>
/// <param name="Maximum">What that limit is.</param>
/// <param name="RetryAfter">When to try again, where time helps.</param>
public readonly record struct LimitVerdict(AccountLimit Limit, long Maximum = 0, TimeSpan? RetryAfter = null)
{
    public bool IsAllowed => Limit == AccountLimit.None;
}

/// <summary>
/// The limits of accounts: defaults from <c>SetGet:Limits</c>, overridden per account in Redis. Token buckets and counts are shared by all
/// processes. Throws <see cref="RedisUnavailableException"/>.
/// </summary>
public sealed class AccountLimits(RedisCalls redis, AccountDirectory directory, IOptions<LimitSettings> defaults, TimeProvider time)
{
    private static readonly RedisScript Script = RedisScript.Load<AccountLimits>("expire-live", "limits");

    private readonly RedisCalls _redis = redis;
    private readonly AccountDirectory _directory = directory;
    private readonly LimitSettings _defaults = defaults.Value;
    private readonly TimeProvider _time = time;
    private readonly ShortCache<string, LimitSettings> _cache = new(time);

    /// <summary>Takes one request out of the account's bucket and compares the counts, in one round trip; none for an account without limits.</summary>
    public async Task<LimitVerdict> CheckAsync(string account, int keys, long bytes, CancellationToken cancellationToken)
    {
        var settings = await CachedAsync(account, cancellationToken);
        if (settings.MaxKeysPerEvent > 0 && keys > settings.MaxKeysPerEvent)
            return new LimitVerdict(AccountLimit.KeysPerEvent, settings.MaxKeysPerEvent);
        if (!settings.NeedsRedis) return default;

        RedisValue[] values =
        [
            _time.GetUtcNow().ToUnixTimeMilliseconds(), settings.RequestsPerSecond, Math.Max(settings.Burst, settings.RequestsPerSecond),
            settings.MaxLiveEvents, settings.MaxLiveBytes, keys, bytes * keys,
        ];
        RedisKey[] redisKeys = [RedisKeys.Bucket(account), .. RedisKeys.Live(account)];
        var answer = (long[])(await _redis.ScriptAsync(Script, redisKeys, values, cancellationToken))!;
        var limit = (AccountLimit)answer[0];
        return limit switch
        {
            AccountLimit.Requests => new LimitVerdict(limit, settings.RequestsPerSecond, TimeSpan.FromMilliseconds(answer[1])),
            AccountLimit.LiveEvents => new LimitVerdict(limit, settings.MaxLiveEvents),
            AccountLimit.LiveBytes => new LimitVerdict(limit, settings.MaxLiveBytes),
            _ => default,
        };
    }

    /// <summary>The most webhook keys that an event may have; 0: no limit.</summary>
    public async ValueTask<int> MaxKeysPerEventAsync(string account, CancellationToken cancellationToken)
        => (await CachedAsync(account, cancellationToken)).MaxKeysPerEvent;

    /// <summary>The limits of the account: its own, else the defaults.</summary>
    public async Task<LimitSettings> GetAsync(string account, CancellationToken cancellationToken)
    {
        var values = await _redis.RunAsync(db => db.HashGetAsync(RedisKeys.Limits(account), LimitSettings.Fields), cancellationToken);
        return values[0].IsNull ? _defaults : RedisData.Read($"The limits of {account}", values, LimitSettings.FromValues);
    }

    /// <summary>Gives the account its own limits; null: the defaults again.</summary>
    public async Task SetAsync(string account, LimitSettings? settings, CancellationToken cancellationToken)
    {
        await _redis.RunAsync(WriteAsync, cancellationToken);
        _cache.Remove(account);
        _directory.Note(account);

        async Task<bool> WriteAsync(IDatabase database)
        {
            if (settings is null) return await database.KeyDeleteAsync(RedisKeys.Limits(account));
            await database.HashSetAsync(RedisKeys.Limits(account), settings.ToEntries());
            return true;
        }
    }

    private async Task<LimitSettings> CachedAsync(string account, CancellationToken cancellationToken)
    {
        return _cache.TryGet(account, out var known) ? known : await _cache.AskAsync(account, () => GetAsync(account, cancellationToken));
    }
}
