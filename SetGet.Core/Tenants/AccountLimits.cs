namespace SetGet.Core;

/// <summary>The limits of an account; 0: none.</summary>
public sealed record LimitSettings
{
    /// <summary>Set requests per second, over all API processes.</summary>
    public int RequestsPerSecond { get; init; }

    /// <summary>Requests that may come at once after a pause; at least <see cref="RequestsPerSecond"/> where that is set.</summary>
    public int Burst { get; init; }

    /// <summary>Most webhook keys of one event.</summary>
    public int MaxKeysPerEvent { get; init; }

    /// <summary>Most live events; an event counts once under each of its keys.</summary>
    public long MaxLiveEvents { get; init; }

    /// <summary>Most live bytes of data; likewise.</summary>
    public long MaxLiveBytes { get; init; }
}

/// <summary>Which limit a request meets.</summary>
public enum AccountLimit
{
    None,
    Requests,
    KeysPerEvent,
    LiveEvents,
    LiveBytes,
}

/// <summary>Whether an account may go on.</summary>
/// <param name="Limit">The limit that is met; <see cref="AccountLimit.None"/>: go on.</param>
/// <param name="Maximum">What that limit is.</param>
/// <param name="RetryAfter">When to try again, where time helps.</param>
public readonly record struct LimitVerdict(AccountLimit Limit, long Maximum = 0, TimeSpan? RetryAfter = null)
{
    public bool IsAllowed => Limit == AccountLimit.None;
}

/// <summary>
/// The limits of accounts: defaults from <c>SetGet:Limits</c>, overridden per account in Redis. Token buckets and counts are shared by all
/// processes. Throws <see cref="RedisUnavailableException"/>.
/// </summary>
public sealed class AccountLimits
{
    /// <summary>Takes one request out of the account's bucket and compares the counts, in one round trip.</summary>
    public Task<LimitVerdict> CheckAsync(string account, int keys, long bytes, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The limits of the account: its own, else the defaults.</summary>
    public Task<LimitSettings> GetAsync(string account, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Gives the account its own limits; null: the defaults again.</summary>
    public Task SetAsync(string account, LimitSettings? settings, CancellationToken cancellationToken) => throw new NotSupportedException();
}
