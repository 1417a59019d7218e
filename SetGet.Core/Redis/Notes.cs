namespace SetGet.Core.Redis;

/// <summary>What a process notes in memory until its next report, of a bounded number of keys: one more is passed over until then.</summary>
internal sealed class Notes<TKey, TNoted>(int maxKeys)
    where TKey : notnull
    where TNoted : new()
{
    private readonly int _maxKeys = maxKeys;
    private readonly Lock _lock = new();
    private Dictionary<TKey, TNoted> _noted = [];

    /// <summary>Adds to what is noted of a key.</summary>
    internal void Add<T>(TKey key, T item, Action<TNoted, T> add)
    {
        lock (_lock)
        {
            if (!_noted.TryGetValue(key, out var noted))
            {
                if (_noted.Count >= _maxKeys) return;
                _noted[key] = noted = new TNoted();
            }

            add(noted, item);
        }
    }

    /// <summary>Gives what was noted since it was last taken, which may be nothing, and begins anew.</summary>
    internal IReadOnlyDictionary<TKey, TNoted> Take()
    {
        lock (_lock)
        {
            var taken = _noted;
            _noted = [];
            return taken;
        }
    }
}
