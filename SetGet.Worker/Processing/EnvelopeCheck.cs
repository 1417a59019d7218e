using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Redis;

namespace SetGet.Worker.Processing;

/// <summary>
/// What is checked of an envelope beyond its form. The sender against the account: the root key may write everywhere; a signature is of a secret of
/// the account's own flow, and only the API, which checks it, can name it (the gateway names ids that AWS makes up); a key of the gateway belongs to
/// the account that <c>SetGet:GatewayKeys:{apiKeyId}</c> names; any other must be an API key of the account, or of all. The time: nothing is accepted
/// in the future. What the gateway does not know: a flow that takes signed webhooks only, and the account's limit of webhook keys.
/// </summary>
internal sealed class EnvelopeCheck(
    ApiKeyStore keys, AccountLimits limits, FlowSecrets secrets, IConfiguration configuration, TimeProvider time)
{
    private const string GatewayKeys = "SetGet:GatewayKeys:";

    /// <summary>How far the clock of whoever accepted may be ahead. One from the year 3000 would be the newest for ever.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly ApiKeyStore _keys = keys;
    private readonly AccountLimits _limits = limits;
    private readonly FlowSecrets _secrets = secrets;
    private readonly IConfiguration _configuration = configuration;
    private readonly TimeProvider _time = time;

    /// <summary>Why the event can never be stored; null where it may be. Throws <see cref="RedisUnavailableException"/>.</summary>
    public async Task<EnvelopeFault?> FindFaultAsync(Envelope envelope, CancellationToken cancellationToken)
        => OfTime(envelope)
            ?? await OfSenderAsync(envelope, cancellationToken)
            ?? await OfSignatureAsync(envelope, cancellationToken)
            ?? await OfKeysAsync(envelope, cancellationToken);

    private EnvelopeFault? OfTime(Envelope envelope)
        => envelope.AcceptedAt <= (_time.GetUtcNow() + ClockSkew).ToUnixTimeMilliseconds()
            ? null
            : new EnvelopeFault(DeadLetterReasons.InvalidAcceptedAt, $"acceptedAt is more than {ClockSkew.TotalMinutes} minutes in the future.");

    private async Task<EnvelopeFault?> OfSenderAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var (sender, account) = (envelope.Head.Sender, envelope.Request.AccountId);
        if (sender is ApiKey.RootId or ApiKey.SignatureId) return null;
        var owner = _configuration[GatewayKeys + sender] ?? await _keys.FindAccountAsync(sender, cancellationToken);
        if (owner == account || owner == ApiKey.AllAccounts) return null;
        return owner is null
            ? new EnvelopeFault(DeadLetterReasons.SenderUnknown, $"There is no API key {sender}; {GatewayKeys}{sender} names no account for it either.")
            : new EnvelopeFault(DeadLetterReasons.SenderNotAllowed, $"The API key {sender} does not belong to the account {account}.");
    }

    // The API checks a webhook's signature before it accepts it. The gateway cannot, and hands no signature on: what it takes is not signed.
    private async Task<EnvelopeFault?> OfSignatureAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        if (!envelope.IsWebhook || _configuration[GatewayKeys + envelope.Head.Sender] is null) return null;
        var (account, flow) = (envelope.Request.AccountId, envelope.Request.FlowId);
        if ((await _secrets.GetAsync(account, flow, cancellationToken)).Count == 0) return null;
        return new EnvelopeFault(
            DeadLetterReasons.SignatureMissing,
            $"The flow {flow} of {account} takes signed webhooks only; one through the gateway has no signature that was checked.");
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
