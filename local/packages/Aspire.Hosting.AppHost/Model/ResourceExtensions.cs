using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Reads resources.</summary>
public static class ResourceExtensions
{
    public static EndpointReference GetEndpoint(this IResourceWithEndpoints resource, string endpointName) => new(resource, endpointName);

    public static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource)
        => resource.Annotations.OfType<EndpointAnnotation>().Select(e => new EndpointReference(resource, e));

    public static bool TryGetEndpoints(this IResource resource, [NotNullWhen(true)] out IEnumerable<EndpointAnnotation>? endpoints)
        => resource.TryGetAnnotationsOfType(out endpoints);

    public static bool TryGetLastAnnotation<T>(this IResource resource, [NotNullWhen(true)] out T? annotation)
        where T : IResourceAnnotation
    {
        annotation = resource.Annotations.OfType<T>().LastOrDefault();
        return annotation is not null;
    }

    public static bool TryGetAnnotationsOfType<T>(this IResource resource, [NotNullWhen(true)] out IEnumerable<T>? result)
        where T : IResourceAnnotation
    {
        var found = resource.Annotations.OfType<T>().ToList();
        result = found.Count > 0 ? found : null;
        return result is not null;
    }

    public static bool HasAnnotationOfType<T>(this IResource resource)
        where T : IResourceAnnotation
        => resource.Annotations.OfType<T>().Any();

    public static int GetReplicaCount(this IResource resource)
        => resource.TryGetLastAnnotation<ReplicaAnnotation>(out var replicas) ? replicas.Replicas : 1;

    public static bool IsExcludedFromPublish(this IResource resource)
        => resource.TryGetLastAnnotation<ManifestPublishingCallbackAnnotation>(out var callback)
            && callback == ManifestPublishingCallbackAnnotation.Ignore;
}
