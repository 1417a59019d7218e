using SetGet.Core.Queues;
using SetGet.Worker.Processing;
using SetGet.Worker.Telemetry;

namespace SetGet.Worker.Polling;

/// <summary>Works through one batch that was polled: keeps it hidden, processes and settles it, and stops receiving where Redis did not answer.</summary>
internal sealed class PolledBatch(BatchProcessor processor, Settlement settlement, VisibilityKeeper keeper, RedisCircuit circuit, OldestMessage oldest)
{
    private readonly BatchProcessor _processor = processor;
    private readonly Settlement _settlement = settlement;
    private readonly VisibilityKeeper _keeper = keeper;
    private readonly RedisCircuit _circuit = circuit;
    private readonly OldestMessage _oldest = oldest;

    public async Task WorkAsync(IReadOnlyList<QueueMessage> messages, DateTimeOffset began, CancellationToken cancellationToken)
    {
        using var inHand = _oldest.Hold(messages);
        IReadOnlyList<WorkItem> items;
        await using (_keeper.Keep(messages))
        {
            items = await _processor.ProcessAsync(messages, began, cancellationToken);
        }

        if (items.FirstOrDefault(i => i.Disposition == Disposition.Retry) is { } failed) _circuit.Open(failed.Detail ?? "");
        var again = await _settlement.SettleAsync(items, deletes: true, cancellationToken);
        if (again.Count > 0) inHand.GiveBack(again, () => _circuit.IsOpen);
    }
}
