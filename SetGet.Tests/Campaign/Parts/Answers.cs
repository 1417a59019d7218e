namespace SetGet.Tests.Campaign.Parts;

/// <summary>Waits for a server.</summary>
internal static class Answers
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Ends when a GET of the address succeeds.</summary>
    /// <param name="address">Its health.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="part">The process behind it: where that ends, nobody will answer.</param>
    internal static async Task IsReadyAsync(Uri address, CancellationToken cancellationToken, Part? part = null)
    {
        while (!await IsFineAsync(address, cancellationToken))
        {
            part?.ThrowIfEnded();
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<bool> IsFineAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Http.GetAsync(address, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (Connections.Broke(e) && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
