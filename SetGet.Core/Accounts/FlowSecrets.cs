using System.Security.Cryptography;
using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Accounts;

/// <summary>A signing secret of a flow.</summary>
/// <param name="Scheme">Who signs how: <c>standard</c>, <c>github</c> or <c>stripe</c>.</param>
/// <param name="Secret">As the sender has it; never logged, never listed.</param>
public sealed record FlowSecret(string Id, string Scheme, string Secret, DateTimeOffset CreatedAt);

/// <summary>
/// The signing secrets of flows; several are valid at once during a rotation. Cached for at most five seconds. They are kept as they are,
/// because a signature cannot be checked with a hash of its secret. Throws <see cref="RedisUnavailableException"/>.
/// </summary>
public sealed class FlowSecrets(RedisCalls redis, AccountDirectory directory, TimeProvider time)
{
    /// <summary>More than a rotation needs would make every check slower.</summary>
    public const int MaxPerFlow = 5;

    private static readonly string AddScript = RedisScript.Load<FlowSecrets>("add-secret");

    private readonly RedisCalls _redis = redis;
    private readonly AccountDirectory _directory = directory;
    private readonly TimeProvider _time = time;
    private readonly ShortCache<(string Account, string Flow), IReadOnlyList<FlowSecret>> _cache = new(time);

    /// <summary>Oldest first; empty: the flow's webhooks need no signature.</summary>
    public async Task<IReadOnlyList<FlowSecret>> GetAsync(string account, string flow, CancellationToken cancellationToken)
    {
        return _cache.TryGet((account, flow), out var known) ? known : await _cache.AskAsync((account, flow), ReadAsync);

        async Task<IReadOnlyList<FlowSecret>> ReadAsync()
        {
            var entries = await _redis.RunAsync(db => db.HashGetAllAsync(RedisKeys.Secrets(account, flow)), cancellationToken);
            return [.. entries.Select(Parse).OrderBy(s => s.CreatedAt).ThenBy(s => s.Id, StringComparer.Ordinal)];
        }
    }

    /// <summary>Adds one; null when the flow has <see cref="MaxPerFlow"/>.</summary>
    public async Task<FlowSecret?> AddAsync(string account, string flow, string scheme, string secret, CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());
        var added = new FlowSecret(RandomNumberGenerator.GetHexString(16, lowercase: true), scheme, secret, now);
        RedisValue[] values = [MaxPerFlow, added.Id, $"{now.ToUnixTimeMilliseconds()} {scheme} {secret}"];
        var answer = await _redis.ScriptAsync(AddScript, [RedisKeys.Secrets(account, flow)], values, cancellationToken);
        _cache.Remove((account, flow));
        _directory.Note(account);
        return (long)answer == 1 ? added : null;
    }

    /// <summary>False when there is no such secret.</summary>
    public async Task<bool> RemoveAsync(string account, string flow, string id, CancellationToken cancellationToken)
    {
        var removed = await _redis.RunAsync(db => db.HashDeleteAsync(RedisKeys.Secrets(account, flow), id), cancellationToken);
        _cache.Remove((account, flow));
        return removed;
    }

    private static FlowSecret Parse(HashEntry entry)
    {
        var parts = ((string)entry.Value!).Split(' ', 3);
        return new FlowSecret(entry.Name!, parts[1], parts[2], DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[0])));
    }
}
