using System.Security.Cryptography;
using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Accounts;

/// <summary>A signing secret of a flow.</summary>
/// <param name="Scheme">Who signs how: a name that <c>SignatureSchemes</c> knows.</param>
/// <param name="Secret">As the sender has it; never logged, never listed.</param>
/// <param name="RemovedAt">Null while it is valid. What was accepted before it was removed may still wait in the queue.</param>
public sealed record FlowSecret(string Id, string Scheme, string Secret, DateTimeOffset CreatedAt, DateTimeOffset? RemovedAt = null);

/// <summary>
/// The signing secrets of flows; several are valid at once during a rotation. Cached for at most five seconds. They are kept as they are,
/// because a signature cannot be checked with a hash of its secret. Throws <see cref="RedisUnavailableException"/>.
/// </summary>
public sealed class FlowSecrets(RedisCalls redis, AccountDirectory directory, TimeProvider time)
{
    /// <summary>More than a rotation needs would make every check slower.</summary>
    public const int MaxPerFlow = 5;

    // As long as a message may wait in a queue: the gateway's webhooks are checked by whoever takes them out.
    private static readonly TimeSpan RemovedLife = TimeSpan.FromDays(14);

    private static readonly RedisScript AddScript = RedisScript.Load<FlowSecrets>("add-secret");
    private static readonly RedisScript RemoveScript = RedisScript.Load<FlowSecrets>("remove-secret");

    private readonly RedisCalls _redis = redis;
    private readonly AccountDirectory _directory = directory;
    private readonly TimeProvider _time = time;
    private readonly ShortCache<(string Account, string Flow), IReadOnlyList<FlowSecret>> _cache = new(time);

    /// <summary>Oldest first; empty: the flow's webhooks need no signature.</summary>
    public async Task<IReadOnlyList<FlowSecret>> GetAsync(string account, string flow, CancellationToken cancellationToken)
        => [.. (await GetWithRemovedAsync(account, flow, cancellationToken)).Where(each => each.RemovedAt is null)];

    /// <summary>Those too that were removed in the last 14 days, for what was accepted before.</summary>
    public ValueTask<IReadOnlyList<FlowSecret>> GetWithRemovedAsync(string account, string flow, CancellationToken cancellationToken)
        => _cache.TryGet((account, flow), out var known)
            ? new ValueTask<IReadOnlyList<FlowSecret>>(known)
            : new ValueTask<IReadOnlyList<FlowSecret>>(_cache.AskAsync((account, flow), () => ReadAsync(account, flow, cancellationToken)));

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
        RedisKey[] keys = [RedisKeys.Secrets(account, flow), RedisKeys.RemovedSecrets(account, flow)];
        RedisValue[] values = [id, _time.GetUtcNow().ToUnixTimeMilliseconds(), (long)RemovedLife.TotalMilliseconds];
        var answer = await _redis.ScriptAsync(RemoveScript, keys, values, cancellationToken);
        _cache.Remove((account, flow));
        return (long)answer == 1;
    }

    private async Task<IReadOnlyList<FlowSecret>> ReadAsync(string account, string flow, CancellationToken cancellationToken)
    {
        var valid = _redis.RunAsync(db => db.HashGetAllAsync(RedisKeys.Secrets(account, flow)), cancellationToken);
        var removed = _redis.RunAsync(db => db.HashGetAllAsync(RedisKeys.RemovedSecrets(account, flow)), cancellationToken);
        var secrets = RedisData.Read("A signing secret", (Valid: await valid, Removed: await removed), static each => each.Valid.Select(Parse).Concat(each.Removed.Select(ParseRemoved)).ToList());
        return [.. secrets.OrderBy(s => s.CreatedAt).ThenBy(s => s.Id, StringComparer.Ordinal)];
    }

    private static FlowSecret Parse(HashEntry entry) => Parse(entry.Name!, entry.Value!);

    private static FlowSecret ParseRemoved(HashEntry entry)
    {
        var parts = ((string)entry.Value!).Split(' ', 2);
        return Parse(entry.Name!, parts[1]) with { RemovedAt = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[0])) };
    }

    private static FlowSecret Parse(string id, string text)
    {
        var parts = text.Split(' ', 3);
        return new FlowSecret(id, parts[1], parts[2], DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[0])));
    }
}
