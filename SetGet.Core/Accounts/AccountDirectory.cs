using System.Collections.Concurrent;
using System.Text;
using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Accounts;

/// <summary>A page of account ids, in the order of their bytes.</summary>
/// <param name="Accounts">The ids.</param>
/// <param name="Next">What to pass as <c>after</c> for the next page; null on the last.</param>
public sealed record AccountPage(IReadOnlyList<string> Accounts, string? Next);

/// <summary>
/// The accounts that any process ever met. It serves operators, no decision depends on it. Whoever stores something of an account notes it:
/// <see cref="Note"/> is for hot paths, a known account costs one look-up, a new one is written to Redis within a second.
/// </summary>
public sealed class AccountDirectory(RedisCalls redis) : IReported
{
    /// <summary>Most accounts on a page.</summary>
    public const int MaxPage = 500;

    /// <summary>Beyond this many accounts a process forgets what it knows and reports again: memory stays bounded.</summary>
    internal const int MaxKnown = 20_000;

    private const int MaxAtOnce = 500;

    private readonly RedisCalls _redis = redis;
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _fresh = new();

    /// <summary>
    /// The accounts that begin with <paramref name="prefix"/>, after <paramref name="after"/>. Throws <see cref="RedisUnavailableException"/>.
    /// </summary>
    public async Task<AccountPage> ListAsync(string prefix, string? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxPage);
        var isAfter = after is not null && string.CompareOrdinal(after, prefix) >= 0;
        var from = isAfter ? after! : prefix;
        // No id contains the byte 255: it is behind every id with the prefix.
        byte[] to = [.. Encoding.UTF8.GetBytes(prefix), 255];
        var exclude = isAfter ? Exclude.Start : Exclude.None;
        var found = await _redis.RunAsync(
            db => db.SortedSetRangeByValueAsync(RedisKeys.Accounts, from, to, exclude, skip: 0, take: limit + 1, flags: CommandFlags.None), cancellationToken);
        var accounts = found.Take(limit).Select(value => (string)value!).ToArray();
        return new AccountPage(accounts, found.Length > limit ? accounts[^1] : null);
    }

    /// <summary>Notes that an account has events, settings or API keys; <see cref="ApiKey.AllAccounts"/> is none.</summary>
    internal void Note(string account)
    {
        if (account == ApiKey.AllAccounts || _known.ContainsKey(account)) return;
        if (_known.Count >= MaxKnown) _known.Clear();
        if (_known.TryAdd(account, true)) _fresh.Enqueue(account);
    }

    /// <summary>Reports the accounts that were met for the first time; those that cannot be are kept.</summary>
    async Task IReported.ReportAsync(CancellationToken cancellationToken)
    {
        var fresh = new List<string>();
        while (fresh.Count < MaxAtOnce && _fresh.TryDequeue(out var account)) fresh.Add(account);
        if (fresh.Count == 0) return;
        try
        {
            await _redis.RunAsync(
                db => db.SortedSetAddAsync(RedisKeys.Accounts, [.. fresh.Select(account => new SortedSetEntry(account, 0))]), cancellationToken);
        }
        catch (Exception e) when (e is RedisUnavailableException or OperationCanceledException)
        {
            foreach (var account in fresh) _fresh.Enqueue(account);
            throw;
        }
    }
}
