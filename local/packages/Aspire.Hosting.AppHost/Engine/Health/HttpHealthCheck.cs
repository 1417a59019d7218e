using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Engine;

/// <summary>What is asked, and what is the right answer.</summary>
internal sealed record HttpProbe(EndpointReference Endpoint, string Path, int StatusCode);

/// <summary>A resource is healthy while an HTTP request to it gets the right status.</summary>
internal sealed class HttpHealthCheck : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private readonly HttpProbe _probe;
    private readonly IHttpClientFactory _clients;

    public HttpHealthCheck(HttpProbe probe, IHttpClientFactory clients)
    {
        _probe = probe;
        _clients = clients;
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var url = new Uri(new Uri(_probe.Endpoint.Url), _probe.Path);
        using var client = _clients.CreateClient(nameof(HttpHealthCheck));
        client.Timeout = Timeout;
        try
        {
            using var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return (int)response.StatusCode == _probe.StatusCode
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"{url} answered {(int)response.StatusCode} in place of {_probe.StatusCode}.");
        }
        catch (HttpRequestException exception)
        {
            return HealthCheckResult.Unhealthy($"{url} does not answer: {exception.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"{url} did not answer within {Timeout.TotalSeconds} seconds.");
        }
    }
}
