using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace SetGet.Core.Redis;

/// <summary>
/// Remembers for a few seconds what Redis said, so that a setting costs no round trip per event; and for some minutes more, for as long as Redis does
/// not answer: what was known goes on working. Bounded: full, it begins anew.
/// </summary>
internal sealed class ShortCache<TKey, TValue>(TimeProvider time)
    where TKey : notnull
{
    /// <summary>Shorter than the five seconds that a change may take, by what a slow Redis may add.</summary>
    internal static readonly TimeSpan Life = TimeSpan.FromSeconds(2);

    /// <summary>While Redis is away, what it said is believed for that long. A key that was revoked just before it went away works until then.</summary>
    internal static readonly TimeSpan LifeWithoutRedis = TimeSpan.FromMinutes(5);

    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();
    private readonly TimeProvider _time = time;

    internal bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var found = _entries.TryGetValue(key, out var entry) && _time.GetElapsedTime(entry.AskedAt) < Life;
        value = entry.Value;
        return found;
    }

    /// <summary>Asks Redis, and remembers the answer. Throws <see cref="RedisUnavailableException"/> where it is away and nothing is known.</summary>
    internal async Task<TValue> AskAsync(TKey key, Func<Task<TValue>> ask)
    {
        // From before Redis is asked: the answer is no younger than that.
        var askedAt = _time.GetTimestamp();
        try
        {
            var value = await ask();
            if (_entries.Count >= Capacity) _entries.Clear();
            _entries[key] = new Entry(value, askedAt, askedAt);
            return value;
        }
        catch (RedisUnavailableException) when (
            _entries.TryGetValue(key, out var known) && known.Value is not null && _time.GetElapsedTime(known.KnownAt) < LifeWithoutRedis)
        {
            // The next callers do not wait for Redis in vain, as this one did.
            _entries[key] = known with { AskedAt = _time.GetTimestamp() };
            return known.Value;
        }
    }

    internal void Remove(TKey key) => _entries.TryRemove(key, out _);

    private readonly record struct Entry(TValue Value, long KnownAt, long AskedAt);
}
