namespace SetGet.ServiceDefaults.Health;

/// <summary>
/// Asks a health endpoint, as a program: <c>dotnet SetGet.Api.dll --probe http://127.0.0.1:8080/alive</c>. A container's
/// health check is a command inside the image, and the images have neither a shell nor curl.
/// </summary>
public static class HealthProbe
{
    /// <summary>The argument that is followed by the address to ask.</summary>
    public const string Argument = "--probe";

    /// <summary>Below the ten seconds after which service.yaml counts a probe as failed, start of the process included.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Null where the arguments ask for no probe; else the exit code: 0 where the address answers with 2xx, 1 where it
    /// answers otherwise or not in time, 2 where it is no http address.
    /// </summary>
    public static async Task<int?> RunAsync(string[] arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments is not [Argument, ..]) return null;
        if (arguments is not [_, var text] || !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp)
        {
            await Console.Error.WriteLineAsync($"{Argument} takes one http address, for example http://127.0.0.1:8080/alive.");
            return 2;
        }

        return await IsHealthyAsync(address, cancellationToken) ? 0 : 1;
    }

    private static async Task<bool> IsHealthyAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Timeout };
        try
        {
            using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode) return true;
            await Console.Error.WriteLineAsync($"{address} answers {(int)response.StatusCode}.");
        }
        catch (HttpRequestException exception)
        {
            await Console.Error.WriteLineAsync($"{address}: {exception.Message}");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"{address} does not answer within {Timeout.TotalSeconds} seconds.");
        }

        return false;
    }
}
