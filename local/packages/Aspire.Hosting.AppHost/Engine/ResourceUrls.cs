using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Engine;

/// <summary>The URLs of a resource: of its endpoints, and those that the composition adds.</summary>
internal static class ResourceUrls
{
    public static async Task<ImmutableArray<UrlSnapshot>> OfAsync(
        IResource resource,
        DistributedApplicationExecutionContext executionContext,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        var urls = new List<ResourceUrlAnnotation>();
        if (resource is IResourceWithEndpoints owner)
            urls.AddRange(owner.GetEndpoints().Select(e => new ResourceUrlAnnotation { Url = e.Url, Endpoint = e }));
        urls.AddRange(resource.Annotations.OfType<ResourceUrlAnnotation>().Select(Copy));
        var context = new ResourceUrlsCallbackContext(executionContext, resource, urls, cancellationToken) { Logger = logger };
        foreach (var callback in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>().ToList())
            await callback.Callback(context);
        return [.. urls.Select(url => ToSnapshot(resource, url))];
    }

    // Callbacks change what they are given, and run anew with each start.
    private static ResourceUrlAnnotation Copy(ResourceUrlAnnotation url) => new()
    {
        Url = url.Url,
        DisplayText = url.DisplayText,
        Endpoint = url.Endpoint,
        DisplayLocation = url.DisplayLocation,
        DisplayOrder = url.DisplayOrder,
    };

    private static UrlSnapshot ToSnapshot(IResource resource, ResourceUrlAnnotation url)
    {
        var endpoint = url.Endpoint ?? (resource as IResourceWithEndpoints)?.GetEndpoints().FirstOrDefault(e => e.IsHttp);
        // A path alone is no URL on Windows, and is a file's on Unix.
        var absolute = url.Url.Contains("://", StringComparison.Ordinal)
            ? url.Url
            : new Uri(new Uri(endpoint?.Url ?? throw new DistributedApplicationException(
                $"URL '{url.Url}' of resource '{resource.Name}' is relative, and the resource has no HTTP endpoint.")), url.Url).ToString();
        return new UrlSnapshot(url.Endpoint?.EndpointName, absolute, url.DisplayLocation == UrlDisplayLocation.DetailsOnly)
        {
            DisplayProperties = new UrlDisplayPropertiesSnapshot(url.DisplayText ?? "", url.DisplayOrder ?? 0),
        };
    }
}
