namespace SetGet.Core;

/// <summary>Where an effective TTL comes from; lower-case in HTTP.</summary>
public enum TtlSource
{
    Default,
    Account,
    Flow,
}

/// <summary>A TTL in seconds, and who set it.</summary>
public readonly record struct EffectiveTtl(int Seconds, TtlSource Source);

/// <summary>
/// The TTLs of accounts and flows. A change applies to events accepted from then on: the history is kept, so that a message that is
/// delivered again gets the TTL it had. A process sees a change within five seconds. Throws <see cref="RedisUnavailableException"/>.
/// </summary>
public sealed class TtlSettings
{
    /// <summary>The TTL that an event accepted now would get. <paramref name="flow"/> null: of the account.</summary>
    public Task<EffectiveTtl> GetEffectiveAsync(string account, string? flow, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The flow's own setting (the account's when <paramref name="flow"/> is null); null where there is none.</summary>
    public Task<int?> GetAsync(string account, string? flow, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Sets it. The seconds must be within <see cref="TtlOptions"/>: callers check.</summary>
    public Task SetAsync(string account, string? flow, int seconds, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Removes it; false when there was none.</summary>
    public Task<bool> DeleteAsync(string account, string? flow, CancellationToken cancellationToken) => throw new NotSupportedException();
}
