using System.Text.Json;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Senders;

/// <summary>
/// What flows know of their senders. Cached for at most five seconds, with the rules ready to be used, and longer while Redis is away. Throws
/// <see cref="RedisUnavailableException"/>.
/// </summary>
public sealed class FlowSources(RedisCalls redis, AccountDirectory directory, TimeProvider time)
{
    private readonly RedisCalls _redis = redis;
    private readonly AccountDirectory _directory = directory;
    private readonly ShortCache<(string Account, string Flow), FlowSource> _cache = new(time);

    /// <summary>The source, with <see cref="FlowSource.Rules"/>; null where nothing is set.</summary>
    public async ValueTask<FlowSource?> GetAsync(string account, string flow, CancellationToken cancellationToken)
    {
        // What is not set is remembered as something, too: while Redis is away, the cache answers with what is something only.
        var found = _cache.TryGet((account, flow), out var known) ? known : await _cache.AskAsync((account, flow), ReadAsync);
        return ReferenceEquals(found, FlowSource.Unknown) ? null : found;

        async Task<FlowSource> ReadAsync()
        {
            var text = await _redis.RunAsync(db => db.StringGetAsync(RedisKeys.Source(account, flow)), cancellationToken);
            return text.IsNull ? FlowSource.Unknown : Parse(account, flow, text);
        }
    }

    /// <summary>Sets it. The source must have passed <see cref="FlowSource.Ready"/>.</summary>
    public async Task SetAsync(string account, string flow, FlowSource source, CancellationToken cancellationToken)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(source, SendersJson.Default.FlowSource);
        await _redis.RunAsync(db => db.StringSetAsync(RedisKeys.Source(account, flow), text), cancellationToken);
        _cache.Remove((account, flow));
        _directory.Note(account);
    }

    /// <summary>False when there is none.</summary>
    public async Task<bool> RemoveAsync(string account, string flow, CancellationToken cancellationToken)
    {
        var removed = await _redis.RunAsync(db => db.KeyDeleteAsync(RedisKeys.Source(account, flow)), cancellationToken);
        _cache.Remove((account, flow));
        return removed;
    }

    // A rule that a later version wrote is not left out: an event would lack its keys, and nobody would know. Whoever needs it tries again later.
    private static FlowSource Parse(string account, string flow, RedisValue text)
    {
        var errors = new InputErrors();
        var source = RedisData.Read($"The source of the flow {flow} of {account}", text, static each => JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)each).Span, SendersJson.Default.FlowSource))
            ?.Ready(errors);
        return source ?? throw new RedisUnavailableException($"The source of the flow {flow} of {account} was set by another version of SetGet, which this one cannot read: {errors}");
    }
}
