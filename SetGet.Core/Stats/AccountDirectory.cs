using System.Text;
using StackExchange.Redis;

namespace SetGet.Core.Stats;

/// <summary>A page of account ids, in the order of their bytes.</summary>
/// <param name="Accounts">The ids.</param>
/// <param name="Next">What to pass as <c>after</c> for the next page; null on the last.</param>
public sealed record AccountPage(IReadOnlyList<string> Accounts, string? Next);

/// <summary>The accounts that any process ever met: the sorted set <c>sg:accounts</c>. It serves operators, no decision depends on it.</summary>
public sealed class AccountDirectory
{
    /// <summary>Most accounts on a page.</summary>
    public const int MaxPage = 500;

    private static readonly RedisKey Key = "sg:accounts";

    private readonly RedisCalls _redis;

    public AccountDirectory(RedisCalls redis) => _redis = redis;

    /// <summary>The accounts that begin with <paramref name="prefix"/>, after <paramref name="after"/>. Throws <see cref="RedisUnavailableException"/>.</summary>
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
            db => db.SortedSetRangeByValueAsync(Key, from, to, exclude, skip: 0, take: limit + 1, flags: CommandFlags.None), cancellationToken);
        var accounts = found.Take(limit).Select(value => (string)value!).ToArray();
        return new AccountPage(accounts, found.Length > limit ? accounts[^1] : null);
    }

    internal Task AddAsync(IReadOnlyList<string> accounts, CancellationToken cancellationToken)
        => _redis.RunAsync(db => db.SortedSetAddAsync(Key, accounts.Select(account => new SortedSetEntry(account, 0)).ToArray()), cancellationToken);
}
