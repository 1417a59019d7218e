using System.Collections.Concurrent;

namespace SetGet.Core.Stats;

/// <summary>
/// Remembers which accounts this process met, so that operators can list them. <see cref="See"/> is for hot paths: a
/// known account costs one look-up, a new one is written to Redis in the background, within a second.
/// </summary>
public sealed class AccountIndex
{
    /// <summary>Beyond this many accounts a process forgets what it knows and reports again: memory stays bounded.</summary>
    internal const int MaxKnown = 20_000;

    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _fresh = new();

    /// <summary>Notes that <paramref name="accountId"/> has events, settings or API keys.</summary>
    public void See(string accountId)
    {
        ArgumentNullException.ThrowIfNull(accountId);
        if (_known.ContainsKey(accountId)) return;
        if (_known.Count >= MaxKnown) _known.Clear();
        if (_known.TryAdd(accountId, true)) _fresh.Enqueue(accountId);
    }

    /// <summary>The accounts that were met for the first time since the last call, at most <paramref name="max"/>.</summary>
    internal IReadOnlyList<string> TakeFresh(int max)
    {
        var taken = new List<string>();
        while (taken.Count < max && _fresh.TryDequeue(out var account)) taken.Add(account);
        return taken;
    }

    /// <summary>Puts accounts back that could not be reported.</summary>
    internal void Return(IReadOnlyList<string> accounts)
    {
        foreach (var account in accounts) _fresh.Enqueue(account);
    }
}
