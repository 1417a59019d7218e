using SetGet.Core.Events;
using SetGet.Core.Senders;

namespace SetGet.Worker.Processing;

/// <summary>Notes how deliveries fared, for the operators' page: what the API accepted or refused, it has noted itself.</summary>
internal sealed class DeliveryNotes(RecentDeliveries recent, EnvelopeCheck check, TimeProvider time)
{
    private readonly RecentDeliveries _recent = recent;
    private readonly EnvelopeCheck _check = check;
    private readonly TimeProvider _time = time;

    /// <summary>Notes a message that was checked, and strangers decided on.</summary>
    public ValueTask NoteAsync(WorkItem item, CancellationToken cancellationToken)
    {
        if (item.Reason is not { } reason) return NoteAcceptedAsync(item.Envelope!, cancellationToken);
        var isDropped = item.Disposition != Disposition.DeadLetter;
        if (!isDropped && !IsOfDelivery(reason)) return default;
        var known = item.Envelope;
        var glance = known is null ? EnvelopeGlance.At(item.Message.Body) : default;
        if ((known?.Request.AccountId ?? glance.AccountId) is not { } account || (known?.Request.FlowId ?? glance.FlowId) is not { } flow) return default;
        if (!Names.IsId(account) || !Names.IsId(flow)) return default;
        var way = _check.IsOfGateway(known?.Head.Sender ?? glance.Sender ?? "") ? Delivery.ByGateway : Delivery.ByApi;
        var outcome = isDropped ? Delivery.Dropped : Delivery.DeadLetter;
        return _recent.NoteAsync(account, flow, new Delivery(TimeOf(known?.AcceptedAt), way, outcome, reason, item.Detail), cancellationToken);
    }

    private ValueTask NoteAcceptedAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var (head, request) = (envelope.Head, envelope.Request);
        if (!envelope.IsWebhook || !_check.IsOfGateway(head.Sender)) return default;
        var delivery = new Delivery(TimeOf(envelope.AcceptedAt), Delivery.ByGateway, Delivery.Accepted, Id: envelope.Id, WebhookKey: request.WebhookKeys[0]);
        return _recent.NoteAsync(request.AccountId, request.FlowId, delivery, cancellationToken);
    }

    // What its sender made of it; not who the sender is, or what became of an earlier delivery.
    private static bool IsOfDelivery(string reason)
        => reason is DeadLetterReasons.SignatureMissing or DeadLetterReasons.SignatureInvalid or DeadLetterReasons.NoKeyFound or DeadLetterReasons.TooManyWebhookKeys
            || reason.StartsWith("invalid-", StringComparison.Ordinal);

    // A time that lies ahead is one of the faults.
    private DateTimeOffset TimeOf(long? acceptedAt)
    {
        var now = _time.GetUtcNow();
        return acceptedAt is { } ms && ms < now.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : now;
    }
}
