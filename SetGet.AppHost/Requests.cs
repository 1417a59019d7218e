namespace SetGet.AppHost;

/// <summary>A request as the work of a command.</summary>
internal static class Requests
{
    /// <summary>Fails with what the answer says, where it is no success.</summary>
    public static async Task<ExecuteCommandResult> SendAsync(
        HttpClient http,
        HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode
                ? CommandResults.Success()
                : CommandResults.Failure($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
        catch (HttpRequestException exception)
        {
            return CommandResults.Failure(exception);
        }
    }
}
