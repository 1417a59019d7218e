namespace SetGet.Tests.Campaign.Parts;

/// <summary>An API as a load balancer sees it: while it is taken out, it gets no new requests.</summary>
internal sealed class ApiDoor(Part part, Uri address)
{
    internal Part Part => part;

    internal Uri Address => address;

    /// <summary>Whether it was taken out, to be restarted.</summary>
    internal bool IsOut { get; private set; }

    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        await part.StartAsync();
        await Answers.IsReadyAsync(new Uri(address, "/health"), cancellationToken, part);
        IsOut = false;
    }

    /// <summary>As a deployment does it: out of the balancer, a moment, then the signal; whoever still waits is answered.</summary>
    internal async Task RollAsync(TimeSpan draining, CancellationToken cancellationToken)
    {
        IsOut = true;
        await Task.Delay(draining, TimeProvider.System, cancellationToken);
        await part.TerminateAsync();
        await StartAsync(cancellationToken);
    }
}
