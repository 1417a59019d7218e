using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Writes the resource into the manifest.</summary>
public class ManifestPublishingCallbackAnnotation : IResourceAnnotation
{
    public ManifestPublishingCallbackAnnotation(Action<ManifestPublishingContext>? callback)
    {
        if (callback is not null)
            Callback = context =>
            {
                callback(context);
                return Task.CompletedTask;
            };
    }

    public ManifestPublishingCallbackAnnotation(Func<ManifestPublishingContext, Task>? callback) => Callback = callback;

    /// <summary>Leaves the resource out of the manifest.</summary>
    public static ManifestPublishingCallbackAnnotation Ignore { get; } = new((Func<ManifestPublishingContext, Task>?)null);

    public Func<ManifestPublishingContext, Task>? Callback { get; }
}
