using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Starts once the dependency is healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport
        => builder.AddWait(new WaitAnnotation(dependency.Resource, WaitType.WaitUntilHealthy));

    public static IResourceBuilder<T> WaitFor<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResource> dependency,
        WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport
        => builder.AddWait(new WaitAnnotation(dependency.Resource, WaitType.WaitUntilHealthy) { WaitBehavior = waitBehavior });

    /// <summary>Starts once the dependency runs.</summary>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport
        => builder.AddWait(new WaitAnnotation(dependency.Resource, WaitType.WaitUntilStarted));

    public static IResourceBuilder<T> WaitForStart<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResource> dependency,
        WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport
        => builder.AddWait(new WaitAnnotation(dependency.Resource, WaitType.WaitUntilStarted) { WaitBehavior = waitBehavior });

    /// <summary>Starts once the dependency has ended with this exit code.</summary>
    public static IResourceBuilder<T> WaitForCompletion<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResource> dependency,
        int exitCode = 0)
        where T : IResourceWithWaitSupport
        => builder.AddWait(new WaitAnnotation(dependency.Resource, WaitType.WaitForCompletion, exitCode));

    private static IResourceBuilder<T> AddWait<T>(this IResourceBuilder<T> builder, WaitAnnotation wait)
        where T : IResourceWithWaitSupport
    {
        if (ReferenceEquals(wait.Resource, builder.Resource))
            throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' cannot wait for itself.");
        if (!builder.Resource.Annotations.OfType<ResourceRelationshipAnnotation>()
                .Any(r => ReferenceEquals(r.Resource, wait.Resource) && r.Type == "WaitFor"))
            builder.WithRelationship(wait.Resource, "WaitFor");
        return builder.WithAnnotation(wait);
    }
}
