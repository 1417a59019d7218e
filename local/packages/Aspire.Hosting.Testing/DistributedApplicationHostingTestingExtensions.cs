using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Reaches the resources of an application from a test.</summary>
public static class DistributedApplicationHostingTestingExtensions
{
    /// <summary>A client of a resource's endpoint: of <c>http</c>, else <c>https</c>, where none is named.</summary>
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        client.BaseAddress = app.GetEndpoint(resourceName, endpointName);
        return client;
    }

    public static ValueTask<string?> GetConnectionStringAsync(
        this DistributedApplication app,
        string resourceName,
        CancellationToken cancellationToken = default)
        => Find(app, resourceName) is IResourceWithConnectionString resource
            ? resource.GetConnectionStringAsync(cancellationToken)
            : throw new ArgumentException($"Resource '{resourceName}' has no connection string.", nameof(resourceName));

    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        if (Find(app, resourceName) is not IResourceWithEndpoints resource)
            throw new InvalidOperationException($"Resource '{resourceName}' has no endpoints.");
        var names = endpointName is null ? new[] { "http", "https" } : [endpointName];
        var endpoint = names.Select(resource.GetEndpoint).FirstOrDefault(e => e.Exists)
            ?? throw new ArgumentException(
                $"Resource '{resourceName}' has no endpoint '{string.Join("' or '", names)}'.", nameof(endpointName));
        return new Uri(endpoint.Url);
    }

    private static IResource Find(DistributedApplication app, string resourceName)
    {
        if (!app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested)
            throw new InvalidOperationException("The application must be started first.");
        return app.Services.GetRequiredService<DistributedApplicationModel>().Resources
            .FirstOrDefault(r => string.Equals(r.Name, resourceName, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no resource '{resourceName}'.", nameof(resourceName));
    }
}
