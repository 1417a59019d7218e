using Microsoft.Extensions.Options;
using SetGet.Core.Events;
using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Accounts;

/// <summary>Where an effective TTL comes from; lower-case in HTTP.</summary>
public enum TtlSource
{
    Default,
    Account,
    Flow,
}

/// <summary>A TTL in seconds, and who set it.</summary>
public readonly record struct EffectiveTtl(int Seconds, TtlSource Source);

/// <summary>
/// The TTLs of accounts and flows. A change applies to events accepted from then on: the history is kept, so that a message that is
/// delivered again gets the TTL it had. A process sees a change within five seconds. Throws <see cref="RedisUnavailableException"/>.
/// </summary>
public sealed class TtlSettings(RedisCalls redis, AccountDirectory directory, IOptions<TtlOptions> options, TimeProvider time)
{
    private static readonly RedisScript ChangeScript = RedisScript.Load<TtlSettings>("ttl");

    // No flow can be called that.
    private const string AccountField = "@";

    // Longer than any queue keeps a message.
    private static readonly TimeSpan HistoryLife = TimeSpan.FromDays(15);

    private readonly RedisCalls _redis = redis;
    private readonly AccountDirectory _directory = directory;
    private readonly TtlOptions _options = options.Value;
    private readonly TimeProvider _time = time;
    private readonly ShortCache<(string Account, string Flow), string?[]> _cache = new(time);

    /// <summary>The TTL that an event accepted now would get. <paramref name="flow"/> null: of the account.</summary>
    public async Task<EffectiveTtl> GetEffectiveAsync(string account, string? flow, CancellationToken cancellationToken)
        => Effective(await ReadAsync(account, flow, cancellationToken), Now);

    /// <summary>The flow's own setting (the account's when <paramref name="flow"/> is null); null where there is none.</summary>
    public async Task<int?> GetAsync(string account, string? flow, CancellationToken cancellationToken)
        => TtlHistory.At((await ReadAsync(account, flow, cancellationToken))[flow is null ? 0 : 1], long.MaxValue);

    /// <summary>Sets it. The seconds must be within <see cref="TtlOptions"/>: callers check.</summary>
    public Task SetAsync(string account, string? flow, int seconds, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seconds, _options.Clamp(seconds));
        return ChangeAsync(account, flow, seconds, cancellationToken);
    }

    /// <summary>Removes it; false when there was none.</summary>
    public async Task<bool> DeleteAsync(string account, string? flow, CancellationToken cancellationToken)
        => await ChangeAsync(account, flow, 0, cancellationToken) != 0;

    /// <summary>The flows that have a TTL of their own, by name, at most <paramref name="max"/> of them, in seconds.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, int>>> ListFlowsAsync(string account, int max, CancellationToken cancellationToken)
    {
        var entries = await _redis.RunAsync(db => db.HashGetAllAsync(RedisKeys.Ttl(account)), cancellationToken);
        var flows = new SortedList<string, int>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var flow = (string)entry.Name!;
            if (flow != AccountField && TtlHistory.At(entry.Value, long.MaxValue) is { } seconds) flows[flow] = _options.Clamp(seconds);
        }

        return [.. flows.Take(max)];
    }

    /// <summary>
    /// When an event expires, epoch milliseconds: its own TTL, else the flow's, else the account's, else the default, as they were when it was
    /// accepted; within the bounds.
    /// </summary>
    internal ValueTask<long> ExpiresAtAsync(EventRequest request, long acceptedAt, CancellationToken cancellationToken)
    {
        if (request.TtlSeconds is { } own) return ValueTask.FromResult(Expiry(acceptedAt, own));
        if (_cache.TryGet((request.AccountId, request.FlowId), out var known))
            return ValueTask.FromResult(Expiry(acceptedAt, Effective(known, acceptedAt).Seconds));
        return new ValueTask<long>(ReadExpiryAsync(request, acceptedAt, cancellationToken));
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private long Expiry(long acceptedAt, int seconds) => acceptedAt + (_options.Clamp(seconds) * 1000L);

    private EffectiveTtl Effective(string?[] histories, long at)
    {
        if (TtlHistory.At(histories[1], at) is { } flow) return new EffectiveTtl(_options.Clamp(flow), TtlSource.Flow);
        if (TtlHistory.At(histories[0], at) is { } account) return new EffectiveTtl(_options.Clamp(account), TtlSource.Account);
        return new EffectiveTtl(_options.DefaultSeconds, TtlSource.Default);
    }

    private async Task<long> ReadExpiryAsync(EventRequest request, long acceptedAt, CancellationToken cancellationToken)
    {
        var (account, flow) = (request.AccountId, request.FlowId);
        var histories = await _cache.AskAsync((account, flow), () => ReadAsync(account, flow, cancellationToken));
        return Expiry(acceptedAt, Effective(histories, acceptedAt).Seconds);
    }

    private async Task<string?[]> ReadAsync(string account, string? flow, CancellationToken cancellationToken)
    {
        RedisValue[] fields = [AccountField, flow ?? AccountField];
        var values = await _redis.RunAsync(db => db.HashGetAsync(RedisKeys.Ttl(account), fields), cancellationToken);
        return [values[0], flow is null ? null : (string?)values[1]];
    }

    private async Task<long> ChangeAsync(string account, string? flow, int seconds, CancellationToken cancellationToken)
    {
        var now = Now;
        RedisKey[] keys = [RedisKeys.Ttl(account)];
        RedisValue[] values = [flow ?? AccountField, now, seconds, now - (long)HistoryLife.TotalMilliseconds];
        var before = (long)await _redis.ScriptAsync(ChangeScript, keys, values, cancellationToken);
        if (flow is not null) _cache.Remove((account, flow));
        _directory.Note(account);
        return before;
    }
}
