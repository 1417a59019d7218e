using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace SetGet.Core.Redis;

/// <summary>Remembers for a few seconds what Redis said, so that a setting costs no round trip per event. Bounded: full, it begins anew.</summary>
internal sealed class ShortCache<TKey, TValue>
    where TKey : notnull
{
    /// <summary>Shorter than the five seconds that a change may take, by what a slow Redis may add.</summary>
    internal static readonly TimeSpan Life = TimeSpan.FromSeconds(2);

    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<TKey, (TValue Value, long At)> _entries = new();
    private readonly TimeProvider _time;

    internal ShortCache(TimeProvider time) => _time = time;

    internal bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var found = _entries.TryGetValue(key, out var entry) && _time.GetElapsedTime(entry.At) < Life;
        value = entry.Value;
        return found;
    }

    /// <param name="askedAt">The time stamp from before Redis was asked: the answer is no younger than that.</param>
    internal void Set(TKey key, TValue value, long askedAt)
    {
        if (_entries.Count >= Capacity) _entries.Clear();
        _entries[key] = (value, askedAt);
    }

    internal void Remove(TKey key) => _entries.TryRemove(key, out _);
}
