using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Senders;

/// <summary>
/// How the last deliveries to a flow fared: those that were refused, and the last one that was not. For operators, no decision depends on it. Whoever decides
/// on a delivery notes it here, in memory; once a second the process writes what it has noted, and what it cannot write it drops.
/// </summary>
public sealed class RecentDeliveries(RedisCalls redis, FlowDoors doors) : IReported
{
    /// <summary>Most that were refused, of one flow.</summary>
    public const int MaxRefused = 20;

    /// <summary>Most flows of which a process notes something within a second.</summary>
    internal const int MaxFlows = 500;

    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    private readonly RedisCalls _redis = redis;
    private readonly FlowDoors _doors = doors;
    private readonly Notes<(string Account, string Flow), Noted> _notes = new(MaxFlows);

    /// <summary>Notes a delivery, where anything is set up for its flow: of any other, strangers could make up as many as they like. Never fails for Redis' sake.</summary>
    public async ValueTask NoteAsync(string account, string flow, Delivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        try
        {
            if (await _doors.AreSetUpAsync(account, flow, cancellationToken)) _notes.Add((account, flow), delivery, static (noted, last) => noted.Add(last));
        }
        catch (RedisUnavailableException)
        {
            // Whoever has to do with the delivery itself says so.
        }
    }

    /// <summary>Newest first. Throws <see cref="RedisUnavailableException"/>.</summary>
    public async Task<IReadOnlyList<Delivery>> ListAsync(string account, string flow, CancellationToken cancellationToken)
    {
        var accepted = _redis.RunAsync(db => db.StringGetAsync(RedisKeys.AcceptedDelivery(account, flow)), cancellationToken);
        var refused = await _redis.RunAsync(db => db.ListRangeAsync(RedisKeys.RefusedDeliveries(account, flow)), cancellationToken);
        // Processes report in no order. An acceptance's time has milliseconds, and no more.
        return [.. refused.Prepend(await accepted).Select(Delivery.Parse).OfType<Delivery>().OrderByDescending(each => each.At.ToUnixTimeMilliseconds())];
    }

    async Task IReported.ReportAsync(CancellationToken cancellationToken)
    {
        var noted = _notes.Take();
        if (noted.Count == 0) return;
        await _redis.DoAsync(db => Task.WhenAll(noted.SelectMany(each => Write(db, each.Key.Account, each.Key.Flow, each.Value))), cancellationToken);
    }

    private static IEnumerable<Task> Write(IDatabase db, string account, string flow, Noted noted)
    {
        if (noted.Accepted is { } accepted) yield return db.StringSetAsync(RedisKeys.AcceptedDelivery(account, flow), accepted.ToJson(), Life);
        if (noted.Refused.Count == 0) yield break;
        yield return CappedList.PushAsync(
            db, RedisKeys.RefusedDeliveries(account, flow), [.. noted.Refused.Select(each => (RedisValue)each.ToJson())], MaxRefused, Life);
    }

    /// <summary>Of one flow, since the last report.</summary>
    private sealed class Noted
    {
        public Delivery? Accepted { get; private set; }

        public Queue<Delivery> Refused { get; } = new();

        public void Add(Delivery delivery)
        {
            if (delivery.Outcome == Delivery.Accepted)
            {
                Accepted = delivery;
                return;
            }

            if (Refused.Count == MaxRefused) Refused.Dequeue();
            Refused.Enqueue(delivery);
        }
    }
}
