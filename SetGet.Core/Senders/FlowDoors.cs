using Microsoft.Extensions.Options;
using SetGet.Core.Accounts;
using SetGet.Core.Signing;

namespace SetGet.Core.Senders;

/// <summary>
/// What a flow asks of an event before it lets it in, the same on both ways in: SetGet.Api asks before it accepts, the worker for what the gateway accepted.
/// </summary>
public sealed class FlowDoors(FlowSecrets secrets, FlowSources sources, IOptions<WebhookOptions> options)
{
    private readonly FlowSecrets _secrets = secrets;
    private readonly FlowSources _sources = sources;
    private readonly TimeSpan _tolerance = TimeSpan.FromSeconds(options.Value.ToleranceSeconds);

    /// <summary>The door as it was for what came at a time; secrets that were added since open it too. Throws <see cref="Redis.RedisUnavailableException"/>.</summary>
    public async ValueTask<FlowDoor> OpenAsync(string account, string flow, DateTimeOffset acceptedAt, CancellationToken cancellationToken)
    {
        var known = await _secrets.GetWithRemovedAsync(account, flow, cancellationToken);
        var source = await _sources.GetAsync(account, flow, cancellationToken);
        return new FlowDoor(known, source, acceptedAt, _tolerance);
    }

    /// <summary>The door for a set request, which needs no proof: its caller has an API key. Throws <see cref="Redis.RedisUnavailableException"/>.</summary>
    public async ValueTask<FlowDoor> OpenForSetAsync(string account, string flow, CancellationToken cancellationToken)
        => new([], await _sources.GetAsync(account, flow, cancellationToken), default, _tolerance);

    /// <summary>Whether a flow has a source, or a secret. Throws <see cref="Redis.RedisUnavailableException"/>.</summary>
    internal async ValueTask<bool> AreSetUpAsync(string account, string flow, CancellationToken cancellationToken)
        => await _sources.GetAsync(account, flow, cancellationToken) is not null
            || (await _secrets.GetAsync(account, flow, cancellationToken)).Count > 0;
}
