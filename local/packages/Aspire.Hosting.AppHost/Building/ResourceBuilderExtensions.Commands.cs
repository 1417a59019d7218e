using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Offers a command on the dashboard. One of the same name is replaced.</summary>
    [OverloadResolutionPriority(1)]
    public static IResourceBuilder<T> WithCommand<T>(
        this IResourceBuilder<T> builder,
        string name,
        string displayName,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        CommandOptions? commandOptions = null)
        where T : IResource
    {
        var options = commandOptions ?? CommandOptions.Default;
        foreach (var old in builder.Resource.Annotations.OfType<ResourceCommandAnnotation>().Where(c => c.Name == name).ToList())
            builder.Resource.Annotations.Remove(old);
        return builder.WithAnnotation(new ResourceCommandAnnotation(
            name,
            displayName,
            options.UpdateState ?? (_ => ResourceCommandState.Enabled),
            executeCommand,
            options.Description,
            options.Parameter,
            options.ConfirmationMessage,
            options.IconName,
            options.IconVariant,
            options.IsHighlighted));
    }

    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, string url, string? displayText = null)
        where T : IResource
        => builder.WithAnnotation(new ResourceUrlAnnotation { Url = url, DisplayText = displayText });

    public static IResourceBuilder<T> WithUrl<T>(
        this IResourceBuilder<T> builder,
        in ReferenceExpression.ExpressionInterpolatedStringHandler url,
        string? displayText = null)
        where T : IResource
        => builder.WithUrl(ReferenceExpression.Create(url), displayText);

    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, ReferenceExpression url, string? displayText = null)
        where T : IResource
        => builder.WithUrls(async context =>
        {
            if (await url.GetValueAsync(context.CancellationToken) is { Length: > 0 } text)
                context.Urls.Add(new ResourceUrlAnnotation { Url = text, DisplayText = displayText });
        });

    public static IResourceBuilder<T> WithUrls<T>(this IResourceBuilder<T> builder, Action<ResourceUrlsCallbackContext> callback)
        where T : IResource
        => builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(callback));

    public static IResourceBuilder<T> WithUrls<T>(this IResourceBuilder<T> builder, Func<ResourceUrlsCallbackContext, Task> callback)
        where T : IResource
        => builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(callback));

    /// <summary>Changes the URL of an endpoint, such as its text or its path.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(
        this IResourceBuilder<T> builder,
        string endpointName,
        Action<ResourceUrlAnnotation> callback)
        where T : IResource
        => builder.WithUrls(context =>
        {
            foreach (var url in context.Urls.Where(u => NameIs(u.Endpoint, endpointName)).ToList())
                callback(url);
        });

    /// <summary>Adds a URL to an endpoint; one that is relative begins with the endpoint's own.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(
        this IResourceBuilder<T> builder,
        string endpointName,
        Func<EndpointReference, ResourceUrlAnnotation> callback)
        where T : IResourceWithEndpoints
        => builder.WithUrls(context =>
        {
            if (context.GetEndpoint(endpointName) is not { } endpoint)
                return;
            var url = callback(endpoint);
            context.Urls.Add(new ResourceUrlAnnotation
            {
                Url = url.Url,
                DisplayText = url.DisplayText,
                DisplayLocation = url.DisplayLocation,
                DisplayOrder = url.DisplayOrder,
                Endpoint = url.Endpoint ?? endpoint,
            });
        });

    public static IResourceBuilder<T> WithIconName<T>(
        this IResourceBuilder<T> builder,
        string iconName,
        IconVariant iconVariant = IconVariant.Filled)
        where T : IResource
        => builder.WithAnnotation(new ResourceIconAnnotation(iconName, iconVariant), ResourceAnnotationMutationBehavior.Replace);

    public static IResourceBuilder<T> WithExplicitStart<T>(this IResourceBuilder<T> builder)
        where T : IResource
        => builder.WithAnnotation(new ExplicitStartupAnnotation());

    public static IResourceBuilder<T> ExcludeFromManifest<T>(this IResourceBuilder<T> builder)
        where T : IResource
        => builder.WithAnnotation(ManifestPublishingCallbackAnnotation.Ignore);

    public static IResourceBuilder<T> WithManifestPublishingCallback<T>(
        this IResourceBuilder<T> builder,
        Action<ManifestPublishingContext> callback)
        where T : IResource
        => builder.WithAnnotation(new ManifestPublishingCallbackAnnotation(callback), ResourceAnnotationMutationBehavior.Replace);

    public static IResourceBuilder<T> WithManifestPublishingCallback<T>(
        this IResourceBuilder<T> builder,
        Func<ManifestPublishingContext, Task> callback)
        where T : IResource
        => builder.WithAnnotation(new ManifestPublishingCallbackAnnotation(callback), ResourceAnnotationMutationBehavior.Replace);

    private static bool NameIs(EndpointReference? endpoint, string name)
        => string.Equals(endpoint?.EndpointName, name, StringComparison.OrdinalIgnoreCase);
}
