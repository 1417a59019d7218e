namespace SetGet.Core;

/// <summary>A signing secret of a flow.</summary>
/// <param name="Scheme">Who signs how: <c>standard</c>, <c>github</c> or <c>stripe</c>.</param>
/// <param name="Secret">As the sender has it; never logged, never listed.</param>
public sealed record FlowSecret(string Id, string Scheme, string Secret, DateTimeOffset CreatedAt);

/// <summary>
/// The signing secrets of flows; several are valid at once during a rotation. Cached for at most five seconds. They are kept as they are,
/// because a signature cannot be checked with a hash of its secret. Throws <see cref="RedisUnavailableException"/>.
/// </summary>
public sealed class FlowSecrets
{
    /// <summary>More than a rotation needs would make every check slower.</summary>
    public const int MaxPerFlow = 5;

    /// <summary>Oldest first; empty: the flow's webhooks need no signature.</summary>
    public Task<IReadOnlyList<FlowSecret>> GetAsync(string account, string flow, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Adds one; null when the flow has <see cref="MaxPerFlow"/>.</summary>
    public Task<FlowSecret?> AddAsync(string account, string flow, string scheme, string secret, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>False when there is no such secret.</summary>
    public Task<bool> RemoveAsync(string account, string flow, string id, CancellationToken cancellationToken) => throw new NotSupportedException();
}
