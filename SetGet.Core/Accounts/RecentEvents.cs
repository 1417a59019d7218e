using SetGet.Core.Redis;

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
    private readonly Notes<string, Queue<RecentEvent>> _notes = new(MaxAccounts);

    /// <summary>Notes what became of an event.</summary>
    public void Note(string account, RecentEvent each) => _notes.Add(account, each, static (events, last) =>
    {
        if (events.Count == MaxEvents) events.Dequeue();
        events.Enqueue(last);
    });

    /// <summary>Those of an account, the last accepted first. Throws <see cref="RedisUnavailableException"/>.</summary>
    public async Task<IReadOnlyList<RecentEvent>> ListAsync(string account, CancellationToken cancellationToken)
    {
        var found = await _redis.RunAsync(db => db.ListRangeAsync(RedisKeys.RecentEvents(account)), cancellationToken);
        // Processes report in no order.
        return [.. found.Select(RecentEvent.Parse).OrderByDescending(each => each.AcceptedAt).ThenByDescending(each => each.Id, StringComparer.Ordinal)];
    }

    async Task IReported.ReportAsync(CancellationToken cancellationToken)
    {
        var noted = _notes.Take();
        if (noted.Count == 0) return;
        await _redis.DoAsync(
            db => Task.WhenAll(noted.Select(each => CappedList.PushAsync(
                db, RedisKeys.RecentEvents(each.Key), [.. each.Value.Select(one => one.ToJson())], MaxEvents, Life))),
            cancellationToken);
    }
}
