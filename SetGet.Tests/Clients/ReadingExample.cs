using System.Text;
using SetGet.Client;

namespace SetGet.Tests.Clients;

// The example of docs/clients.md, as it stands there: a test compares the two.
public sealed class OrderReader(ISetGetClient setGet)
{
    public async Task<string> ReadAsync(string order, CancellationToken cancellationToken)
    {
        var newest = await setGet.WaitAsync(order, TimeSpan.FromSeconds(20), cancellationToken: cancellationToken);
        if (newest is null) return "nothing came within twenty seconds";

        var many = await setGet.GetManyAsync([order, "order-0"], cancellationToken);
        var listed = 0;
        await foreach (var _ in setGet.EventsAsync(order, cancellationToken: cancellationToken)) listed++;

        var taken = await setGet.TakeAsync(order, max: 10, lease: TimeSpan.FromSeconds(60), cancellationToken: cancellationToken);
        if (taken.LeaseId is { } lease) await setGet.AckAsync(order, lease, cancellationToken);
        return $"{Encoding.UTF8.GetString(newest.Data.Span)}, found {many.Count}, listed {listed}, took {taken.Events.Count}";
    }
}
