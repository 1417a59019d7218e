using SetGet.Core.Accounts;
using SetGet.Core.Redis;

namespace SetGet.Worker.Processing;

/// <summary>Checks one message of a batch, and says so on it; no other message of the batch learns of what is wrong with it.</summary>
internal sealed class ItemCheck(EnvelopeCheck check, Strangers strangers, DeliveryNotes notes, FlowDirectory flows)
{
    private readonly EnvelopeCheck _check = check;
    private readonly Strangers _strangers = strangers;
    private readonly DeliveryNotes _notes = notes;
    private readonly FlowDirectory _flows = flows;

    /// <summary>Afterwards the item is open, and its envelope as it is to be stored; or it is decided what becomes of it.</summary>
    public async Task CheckAsync(WorkItem item, CancellationToken cancellationToken)
    {
        try
        {
            if (item.Envelope is { } envelope)
            {
                (item.Envelope, var found) = await _check.CheckAsync(envelope, cancellationToken);
                if (found is not null) item.Bury(found.Reason, found.Detail);
                else _flows.Note(envelope.Request.AccountId, envelope.Request.FlowId);
            }

            if (item.Disposition == Disposition.DeadLetter && item.IsOfStranger) await _strangers.DecideAsync(item, cancellationToken);
            await _notes.NoteAsync(item, cancellationToken);
        }
        catch (RedisUnavailableException e)
        {
            item.Retry(e.Message);
        }
    }
}
