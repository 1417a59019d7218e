using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Redis;
using SetGet.Core.Senders;

namespace SetGet.Worker.Processing;

/// <summary>
/// What is checked of an envelope beyond its form. The sender against the account: the root key may write everywhere; a signature is of a secret of
/// the account's own flow, and only the API, which checks it, can name it (the gateway names ids that AWS makes up); a key of the gateway belongs to
/// the account that <c>SetGet:GatewayKeys:{apiKeyId}</c> names; any other must be an API key of the account, or of all. The time: nothing is accepted
/// in the future. What the gateway does not know, and the API does: the door of the event's flow, and the account's limit of webhook keys.
/// </summary>
internal sealed class EnvelopeCheck(ApiKeyStore keys, AccountLimits limits, FlowDoors doors, IConfiguration configuration, TimeProvider time)
{
    private const string GatewayKeys = "SetGet:GatewayKeys:";

    /// <summary>How far the clock of whoever accepted may be ahead. One from the year 3000 would be the newest for ever.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly ApiKeyStore _keys = keys;
    private readonly AccountLimits _limits = limits;
    private readonly FlowDoors _doors = doors;
    private readonly IConfiguration _configuration = configuration;
    private readonly TimeProvider _time = time;

    /// <summary>The envelope as it is to be stored, or why it never can be. Throws <see cref="RedisUnavailableException"/>.</summary>
    public async ValueTask<(Envelope Envelope, EnvelopeFault? Fault)> CheckAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        if (OfTime(envelope) is { } early) return (envelope, early);
        if (await OfSenderAsync(envelope, cancellationToken) is { } foreign) return (envelope, foreign);
        var (judged, fault) = WasJudged(envelope) ? (envelope, null) : await JudgeAsync(envelope, cancellationToken);
        return (judged, fault ?? await OfKeysAsync(judged, cancellationToken));
    }

    /// <summary>Whether only the gateway names this sender.</summary>
    public bool IsOfGateway(string sender) => sender == ApiKey.UnverifiedId || _configuration[GatewayKeys + sender] is not null;

    private EnvelopeFault? OfTime(Envelope envelope)
        => envelope.AcceptedAt <= (_time.GetUtcNow() + ClockSkew).ToUnixTimeMilliseconds()
            ? null
            : new EnvelopeFault(DeadLetterReasons.InvalidAcceptedAt, $"acceptedAt is more than {ClockSkew.TotalMinutes} minutes in the future.");

    private async Task<EnvelopeFault?> OfSenderAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var (sender, account) = (envelope.Head.Sender, envelope.Request.AccountId);
        if (sender is ApiKey.RootId or ApiKey.SignatureId) return null;
        if (sender == ApiKey.UnverifiedId && envelope.IsWebhook) return null;
        var owner = _configuration[GatewayKeys + sender] ?? await _keys.FindAccountAsync(sender, cancellationToken);
        if (owner == account || owner == ApiKey.AllAccounts) return null;
        return owner is null
            ? new EnvelopeFault(DeadLetterReasons.SenderUnknown, $"There is no API key {sender}; {GatewayKeys}{sender} names no account for it either.")
            : new EnvelopeFault(DeadLetterReasons.SenderNotAllowed, $"The API key {sender} does not belong to the account {account}.");
    }

    // The API judges what it accepts, but for the keys of a set request that came while it could not read the flow's rules. The gateway judges
    // nothing, whatever its message says.
    private bool WasJudged(Envelope envelope)
        => !IsOfGateway(envelope.Head.Sender) && (envelope.IsWebhook || envelope.Head.AddedKeys is not null);

    private async ValueTask<(Envelope Envelope, EnvelopeFault? Fault)> JudgeAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var (head, request) = (envelope.Head, envelope.Request);
        var acceptedAt = DateTimeOffset.FromUnixTimeMilliseconds(head.AcceptedAt);
        var passage = envelope.IsWebhook
            ? (await _doors.OpenAsync(request.AccountId, request.FlowId, acceptedAt, cancellationToken)).Judge(
                request, isKnown: head.Sender != ApiKey.UnverifiedId, head.IdempotencyKey, head.Id)
            : (await _doors.OpenForSetAsync(request.AccountId, request.FlowId, cancellationToken)).AddKeys(request, head.IdempotencyKey, head.Id);
        return (envelope with { Head = head with { IdempotencyKey = passage.IdempotencyKey }, Request = passage.Request }, passage.Fault);
    }

    private async Task<EnvelopeFault?> OfKeysAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var maximum = await _limits.MaxKeysPerEventAsync(envelope.Request.AccountId, cancellationToken);
        var count = envelope.Request.WebhookKeys.Count;
        if (maximum == 0 || count <= maximum) return null;
        return new EnvelopeFault(
            DeadLetterReasons.TooManyWebhookKeys,
                $"An event of the account {envelope.Request.AccountId} may be under at most {maximum} webhook keys; this one names {count}.");
    }
}
