namespace Aspire.Hosting.ApplicationModel;

/// <summary>Configures one resource of an application.</summary>
/// <typeparam name="T">The resource's type.</typeparam>
public interface IResourceBuilder<out T>
    where T : IResource
{
    IDistributedApplicationBuilder ApplicationBuilder { get; }

    T Resource { get; }

    IResourceBuilder<T> WithAnnotation<TAnnotation>(
        TAnnotation annotation,
        ResourceAnnotationMutationBehavior behavior = ResourceAnnotationMutationBehavior.Append)
        where TAnnotation : IResourceAnnotation;

    IResourceBuilder<T> WithAnnotation<TAnnotation>(
        ResourceAnnotationMutationBehavior behavior = ResourceAnnotationMutationBehavior.Append)
        where TAnnotation : IResourceAnnotation, new()
        => WithAnnotation(new TAnnotation(), behavior);
}

internal sealed class ResourceBuilder<T> : IResourceBuilder<T>
    where T : IResource
{
    public ResourceBuilder(IDistributedApplicationBuilder applicationBuilder, T resource)
    {
        ApplicationBuilder = applicationBuilder;
        Resource = resource;
    }

    public IDistributedApplicationBuilder ApplicationBuilder { get; }

    public T Resource { get; }

    public IResourceBuilder<T> WithAnnotation<TAnnotation>(
        TAnnotation annotation,
        ResourceAnnotationMutationBehavior behavior = ResourceAnnotationMutationBehavior.Append)
        where TAnnotation : IResourceAnnotation
    {
        if (behavior == ResourceAnnotationMutationBehavior.Replace)
            foreach (var old in Resource.Annotations.OfType<TAnnotation>().ToList())
                Resource.Annotations.Remove(old);
        Resource.Annotations.Add(annotation);
        return this;
    }
}
