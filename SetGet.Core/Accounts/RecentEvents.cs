using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Accounts;

/// <summary>
/// The last events of each account, and what became of each. It serves operators, no decision depends on it. Whoever stores an event notes it here, in memory;
/// once a second the process writes the last that it has noted, and what it cannot write it drops.
/// </summary>
public sealed class RecentEvents(RedisCalls redis) : IReported
{
    /// <summary>Most that are kept of an account.</summary>
    public const int MaxEvents = 50;

    /// <summary>Most accounts of which a process notes something within a second.</summary>
    internal const int MaxAccounts = 500;

    private static readonly TimeSpan Life = TimeSpan.FromDays(1);

    private readonly RedisCalls _redis = redis;
    private readonly Lock _lock = new();
    private Dictionary<string, Queue<RecentEvent>> _noted = new(StringComparer.Ordinal);

    /// <summary>Notes what became of an event.</summary>
    public void Note(string account, RecentEvent each)
    {
        lock (_lock)
        {
            if (!_noted.TryGetValue(account, out var events))
            {
                if (_noted.Count >= MaxAccounts) return;
                _noted[account] = events = new Queue<RecentEvent>();
            }

            if (events.Count == MaxEvents) events.Dequeue();
            events.Enqueue(each);
        }
    }

    /// <summary>Those of an account, the last accepted first. Throws <see cref="RedisUnavailableException"/>.</summary>
    public async Task<IReadOnlyList<RecentEvent>> ListAsync(string account, CancellationToken cancellationToken)
    {
        var found = await _redis.RunAsync(db => db.ListRangeAsync(RedisKeys.RecentEvents(account)), cancellationToken);
        // Processes report in no order.
        return [.. found.Select(RecentEvent.Parse).OrderByDescending(each => each.AcceptedAt).ThenByDescending(each => each.Id, StringComparer.Ordinal)];
    }

    async Task IReported.ReportAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, Queue<RecentEvent>> noted;
        lock (_lock)
        {
            if (_noted.Count == 0) return;
            (noted, _noted) = (_noted, new(StringComparer.Ordinal));
        }

        await _redis.RunAsync(db => Task.WhenAll(noted.Select(each => WriteAsync(db, each.Key, each.Value))), cancellationToken);
    }

    private static async Task<bool> WriteAsync(IDatabase db, string account, Queue<RecentEvent> events)
    {
        await CappedList.PushAsync(db, RedisKeys.RecentEvents(account), [.. events.Select(each => each.ToJson())], MaxEvents, Life);
        return true;
    }
}
