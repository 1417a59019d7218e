using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Store;

/// <summary>Data that several records of an event share, for whoever has read the records.</summary>
internal static class SharedData
{
    /// <summary>Puts the shared data to the records that refer to it. Data that an eviction took is gone, and so is the event.</summary>
    internal static async Task<IReadOnlyList<StoredEvent>> ResolveAsync(
        RedisCalls redis, string account, IReadOnlyList<EventRecord> records, CancellationToken cancellationToken)
    {
        var reads = new Task<RedisValue>?[records.Count];
        for (var i = 0; i < reads.Length; i++)
        {
            var record = records[i];
            if (record.IsShared) reads[i] = redis.RunAsync(db => db.StringGetAsync(RedisKeys.SharedData(account, record.Id)), cancellationToken);
        }

        var events = new List<StoredEvent>(records.Count);
        for (var i = 0; i < reads.Length; i++)
        {
            if (reads[i] is not { } read) events.Add(records[i].ToEvent(records[i].Data));
            else if ((byte[]?)await read is { } data) events.Add(records[i].ToEvent(data));
        }

        return events;
    }
}
