using System.Collections.Concurrent;
using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Accounts;

/// <summary>A flow that events came for.</summary>
/// <param name="FlowId">Its name.</param>
/// <param name="LastEventAt">The hour in which the last one came.</param>
public sealed record SeenFlow(string FlowId, DateTimeOffset LastEventAt);

/// <summary>
/// The flows that events came for, of each account the thousand that were used last. It serves operators, no decision depends on it. A flow is written once an
/// hour by each process; what Redis does not take in the meantime is noted again with the next event.
/// </summary>
public sealed class FlowDirectory(RedisCalls redis, TimeProvider time) : IReported
{
    /// <summary>Most flows that are kept of an account.</summary>
    public const int MaxFlows = 1_000;

    /// <summary>Beyond this many flows a process forgets what it knows and reports again: memory stays bounded.</summary>
    internal const int MaxKnown = 20_000;

    private const long HourMs = 60 * 60 * 1000;
    private static readonly TimeSpan Life = TimeSpan.FromDays(90);

    private readonly RedisCalls _redis = redis;
    private readonly TimeProvider _time = time;
    private readonly ConcurrentDictionary<(string Account, string Flow), long> _known = new();
    private readonly ConcurrentDictionary<(string Account, string Flow), long> _fresh = new();

    /// <summary>Those of an account, the last used first. Throws <see cref="RedisUnavailableException"/>.</summary>
    public async Task<IReadOnlyList<SeenFlow>> ListAsync(string account, CancellationToken cancellationToken)
    {
        var found = await _redis.RunAsync(
            db => db.SortedSetRangeByRankWithScoresAsync(RedisKeys.Flows(account), 0, MaxFlows - 1, Order.Descending), cancellationToken);
        return RedisData.Read("The flows of an account", found, static entries => Array.ConvertAll(
            entries, entry => new SeenFlow((string)entry.Element!, DateTimeOffset.FromUnixTimeMilliseconds(checked((long)entry.Score * HourMs)))));
    }

    /// <summary>Notes that an event came for a flow.</summary>
    public void Note(string account, string flow)
    {
        var hour = _time.GetUtcNow().ToUnixTimeMilliseconds() / HourMs;
        if (_known.TryGetValue((account, flow), out var last) && last == hour) return;
        if (_known.Count >= MaxKnown) _known.Clear();
        _known[(account, flow)] = hour;
        if (_fresh.Count < MaxKnown) _fresh[(account, flow)] = hour;
    }

    /// <inheritdoc/>
    async Task IReported.ReportAsync(CancellationToken cancellationToken)
    {
        if (_fresh.IsEmpty) return;
        var fresh = _fresh.ToArray();
        foreach (var each in fresh) _fresh.TryRemove(each);
        try
        {
            await Task.WhenAll(fresh.GroupBy(each => each.Key.Account, StringComparer.Ordinal).Select(flows => WriteAsync(
                RedisKeys.Flows(flows.Key), [.. flows.Select(each => new SortedSetEntry(each.Key.Flow, each.Value))], cancellationToken)));
        }
        catch (Exception e) when (e is RedisUnavailableException or OperationCanceledException)
        {
            foreach (var each in fresh) _known.TryRemove(each);
            throw;
        }
    }

    // Sent together; an older hour of a process that was slow changes nothing.
    private Task WriteAsync(RedisKey key, SortedSetEntry[] flows, CancellationToken cancellationToken) => _redis.DoAsync(
        db => Task.WhenAll(
            db.SortedSetAddAsync(key, flows, SortedSetWhen.GreaterThan),
            db.SortedSetRemoveRangeByRankAsync(key, 0, -MaxFlows - 1),
            db.KeyExpireAsync(key, Life)),
        cancellationToken);
}
