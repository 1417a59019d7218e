using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where a URL is shown.</summary>
public enum UrlDisplayLocation
{
    SummaryAndDetails,
    DetailsOnly,
}

/// <summary>A URL of a resource. Where it belongs to an endpoint and is relative, it is relative to the endpoint's.</summary>
public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
    public int? DisplayOrder;

    public required string Url { get; set; }

    public string? DisplayText { get; set; }

    public EndpointReference? Endpoint { get; init; }

    public UrlDisplayLocation DisplayLocation { get; set; }
}

/// <summary>Adds to or changes the URLs of a resource once its endpoints have addresses.</summary>
public sealed class ResourceUrlsCallbackAnnotation : IResourceAnnotation
{
    public ResourceUrlsCallbackAnnotation(Func<ResourceUrlsCallbackContext, Task> callback) => Callback = callback;

    public ResourceUrlsCallbackAnnotation(Action<ResourceUrlsCallbackContext> callback)
        => Callback = context =>
        {
            callback(context);
            return Task.CompletedTask;
        };

    public Func<ResourceUrlsCallbackContext, Task> Callback { get; }
}

/// <summary>What a callback for URLs may use and change.</summary>
public class ResourceUrlsCallbackContext
{
    public ResourceUrlsCallbackContext(
        DistributedApplicationExecutionContext executionContext,
        IResource resource,
        List<ResourceUrlAnnotation>? urls = null,
        CancellationToken cancellationToken = default)
    {
        ExecutionContext = executionContext;
        Resource = resource;
        Urls = urls ?? [];
        CancellationToken = cancellationToken;
    }

    public IResource Resource { get; }

    public List<ResourceUrlAnnotation> Urls { get; }

    public CancellationToken CancellationToken { get; }

    public ILogger Logger { get; set; } = NullLogger.Instance;

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public EndpointReference? GetEndpoint(string name)
        => Resource is IResourceWithEndpoints owner && new EndpointReference(owner, name) is { Exists: true } endpoint ? endpoint : null;
}
