using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Signing;

namespace SetGet.Core.Senders;

/// <summary>What became of an event at its flow's door.</summary>
/// <param name="Fault">Why it may not come in; null where it may.</param>
/// <param name="Request">With the webhook keys that the flow's rules add, and without headers that are secrets.</param>
/// <param name="IdempotencyKey">What makes it the same delivery as another; null where nothing does.</param>
public readonly record struct Passage(EnvelopeFault? Fault, EventRequest Request, string? IdempotencyKey);

/// <summary>The door of one flow, for what came at one time.</summary>
public sealed class FlowDoor
{
    private readonly IReadOnlyList<FlowSecret> _secrets;
    private readonly FlowSource _source;
    private readonly DateTimeOffset _acceptedAt;
    private readonly TimeSpan _tolerance;

    internal FlowDoor(IReadOnlyList<FlowSecret> secrets, FlowSource? source, DateTimeOffset acceptedAt, TimeSpan tolerance)
    {
        // A secret that was removed still speaks for what came before.
        _secrets = secrets.Count == 0 ? secrets : [.. secrets.Where(each => each.RemovedAt is null || each.RemovedAt > acceptedAt)];
        _source = source ?? FlowSource.Unknown;
        _acceptedAt = acceptedAt;
        _tolerance = tolerance;
        // What came before the flow had a secret needed no signature then.
        AsksForSignature = _source.Scheme is not null || (_secrets.Count > 0 && _secrets.Any(each => each.CreatedAt <= acceptedAt));
    }

    /// <summary>Whether webhooks must be signed. Where not, they must come from somebody with an API key.</summary>
    public bool AsksForSignature { get; }

    /// <summary>Judges a webhook: its signature, which delivery it is, its webhook keys.</summary>
    /// <param name="isKnown">Whether its sender has shown an API key: then its headers say which delivery it is, too.</param>
    /// <param name="idempotencyKey">From its header, or null.</param>
    /// <param name="eventId">For key rules that name it.</param>
    public Passage Judge(EventRequest webhook, bool isKnown, string? idempotencyKey, string eventId)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        var (finding, proof, _) = AsksForSignature || !isKnown ? CheckSignature(webhook) : (SignatureFinding.Valid, null, null);
        if (finding != SignatureFinding.Valid) return new Passage(Refusal(finding), webhook, null);
        var key = DeliveryKey.Of(webhook, _source, proof, isKnown, idempotencyKey);
        return AddKeys(WithoutCredentials(webhook), key, eventId);
    }

    /// <summary>What the sender is answered that asks whether this is its receiver; null where it does not ask, or the flow has no such handshake.</summary>
    public HandshakeAnswer? Answer(EventRequest webhook, Func<string, string?> query)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        return _source.AnsweredHandshake is { } handshake ? Handshakes.AnswerPost(handshake, query, webhook.Data, () => CheckSignature(webhook).Secret) : null;
    }

    /// <summary>As the other one, for a request without a body.</summary>
    public HandshakeAnswer? Answer(bool isOptions, Func<string, string?> query, Func<string, string?> header)
        => _source.AnsweredHandshake is { } handshake
            ? Handshakes.Answer(handshake, isOptions, query, header, _secrets.Where(each => each.Scheme == Handshakes.TokenScheme).Select(each => each.Secret))
            : null;

    /// <summary>Adds the webhook keys of the flow's rules to what needs no proof: a set request, whose caller has an API key.</summary>
    public Passage AddKeys(EventRequest request, string? idempotencyKey, string eventId)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!_source.Rules.IsEmpty)
        {
            var found = _source.Rules.Evaluate(request.Data.Span, request.ContentType, request.Headers, eventId, maxKeys: 0);
            if (found.Fault is { } fault) return new Passage(new EnvelopeFault(ReasonOf(fault.Kind), fault.Detail), request, null);
            request = request.WithKeys(found.Keys);
        }

        var isMissing = request.WebhookKeys.Count == 0;
        return new Passage(isMissing ? new EnvelopeFault(DeadLetterReasons.NoKeyFound, NoKey) : null, request, idempotencyKey);
    }

    private static string ReasonOf(RuleFaultKind kind)
        => kind == RuleFaultKind.TooMany ? DeadLetterReasons.TooManyWebhookKeys : DeadLetterReasons.InvalidRequest;

    private string NoKey => _source.Rules.IsEmpty
        ? "The event names no webhook key, and the flow has no key rules: name one in the path or as ?key=, or set rules at PUT …/source."
        : "The event names no webhook key, and the flow's key rules find none in it: POST …/source/try shows what they give for a body.";

    private (SignatureFinding Finding, ISignatureScheme? Scheme, string? Secret) CheckSignature(EventRequest webhook)
    {
        var signed = new SignedWebhook(webhook.Headers, webhook.Data.Span, webhook.ContentType, _source.Url);
        var nearest = SignatureFinding.Missing;
        foreach (var secret in _secrets)
        {
            if (_source.FindScheme(secret.Scheme) is not { } scheme) continue;
            var finding = scheme.Check(signed, secret.Secret, _acceptedAt, _tolerance);
            if (finding == SignatureFinding.Valid) return (finding, scheme, secret.Secret);
            if (finding > nearest) nearest = finding;
        }

        return (nearest, null, null);
    }

    private EnvelopeFault Refusal(SignatureFinding finding) => finding switch
    {
        SignatureFinding.Missing => new EnvelopeFault(DeadLetterReasons.SignatureMissing, _secrets.Count > 0
            ? $"This flow takes signed webhooks only: send {HowToSign()}."
            : "This flow takes signed webhooks only, and has no signing secret yet: add the sender's at POST …/signing."),
        SignatureFinding.OutOfTime => new EnvelopeFault(
            DeadLetterReasons.SignatureInvalid,
            $"The signature is right, but its time is not within {_tolerance.TotalSeconds} seconds of when the webhook came. Check the sender's clock; a retry "
                + "needs a new signature."),
        _ => new EnvelopeFault(
            DeadLetterReasons.SignatureInvalid,
            "The signature was not made with one of the flow's secrets over exactly this body. Check that both sides have the same secret, and that nothing "
                + "between them changes the body."),
    };

    private string HowToSign() => string.Join(
        ", or ", _secrets.Select(each => _source.FindScheme(each.Scheme)?.Headers ?? "what the flow's source describes").Distinct());

    private static EventRequest WithoutCredentials(EventRequest webhook)
    {
        if (!webhook.Headers.Keys.Any(SignatureSchemes.IsCredential)) return webhook;
        return webhook with { Headers = webhook.Headers.Where(each => !SignatureSchemes.IsCredential(each.Key)).ToDictionary(StringComparer.Ordinal) };
    }
}
