using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResource resource, string type)
        where T : IResource
        => builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, type));

    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResource resource)
        where T : IResource
        => builder.WithRelationship(resource, "Reference");

    public static IResourceBuilder<T> WithReferenceRelationship<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResource> resourceBuilder)
        where T : IResource
        => builder.WithReferenceRelationship(resourceBuilder.Resource);

    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> parent)
        where T : IResource
        => builder.WithParentRelationship(parent.Resource);

    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResource parent)
        where T : IResource
        => builder.WithRelationship(parent, "Parent");

    /// <summary>Draws a relation to every resource that a value is made of.</summary>
    internal static void RelateTo<T>(this IResourceBuilder<T> builder, object? value)
        where T : IResource
    {
        foreach (var resource in ResourcesIn(value).Distinct())
            if (!ReferenceEquals(resource, builder.Resource) && !IsRelated(builder.Resource, resource))
                builder.WithReferenceRelationship(resource);
    }

    private static bool IsRelated(IResource from, IResource to)
        => from.Annotations.OfType<ResourceRelationshipAnnotation>().Any(r => ReferenceEquals(r.Resource, to) && r.Type == "Reference");

    private static IEnumerable<IResource> ResourcesIn(object? value) => value switch
    {
        IResourceBuilder<IResource> builder => [builder.Resource],
        IResource resource => [resource],
        IValueWithReferences composed => composed.References.SelectMany(ResourcesIn),
        _ => [],
    };
}
