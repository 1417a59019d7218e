using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Building;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Gives the connection string as <c>ConnectionStrings__NAME</c>, and its parts as <c>NAME_HOST</c> and so on.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null,
        bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        var name = connectionName ?? resource.Name;
        builder.RelateTo(resource);
        return builder.WithEnvironment(context =>
        {
            var flags = ReferenceFlags(context.Resource);
            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ConnectionString))
                context.EnvironmentVariables[resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}"]
                    = new ConnectionStringReference(resource, optional);
            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ConnectionProperties))
                foreach (var (property, value) in resource.GetConnectionProperties())
                    context.EnvironmentVariables[$"{VariableNames.Encode(name)}_{property.ToUpperInvariant()}"] = value;
        });
    }

    /// <summary>Gives every endpoint of a service as <c>services__NAME__SCHEME__N</c> and <c>NAME_ENDPOINT</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
        => builder.WithReference(source, source.Resource.Name);

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithServiceDiscovery> source,
        string name)
        where TDestination : IResourceWithEnvironment
    {
        var service = source.Resource;
        builder.RelateTo(service);
        return builder.WithEnvironment(context =>
        {
            foreach (var endpoint in service.Annotations.OfType<EndpointAnnotation>())
                AddEndpointVariables(context, name, new EndpointReference(service, endpoint));
        });
    }

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment
    {
        builder.RelateTo(endpointReference);
        return builder.WithEnvironment(context
            => AddEndpointVariables(context, endpointReference.Resource.Name, endpointReference));
    }

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        string name,
        Uri uri)
        where TDestination : IResourceWithEnvironment
    {
        if (!uri.IsAbsoluteUri || uri.AbsolutePath != "/")
            throw new InvalidOperationException($"The URI of service '{name}' must be absolute and end in '/': {uri}");
        return builder.WithEnvironment($"services__{name}__default__0", uri.ToString());
    }

    /// <summary>Chooses which variables references give to this resource.</summary>
    public static IResourceBuilder<TDestination> WithReferenceEnvironment<TDestination>(
        this IResourceBuilder<TDestination> builder,
        ReferenceEnvironmentInjectionFlags flags)
        where TDestination : IResourceWithEnvironment
        => builder.WithAnnotation(new ReferenceEnvironmentInjectionAnnotation(flags), ResourceAnnotationMutationBehavior.Replace);

    public static ReferenceExpression GetConnectionProperty(this IResourceWithConnectionString resource, string key)
        => resource.GetConnectionProperties().FirstOrDefault(p => string.Equals(p.Key, key, StringComparison.OrdinalIgnoreCase)).Value
            ?? ReferenceExpression.Empty;

    private static void AddEndpointVariables(EnvironmentCallbackContext context, string name, EndpointReference endpoint)
    {
        var flags = ReferenceFlags(context.Resource);
        var variables = context.EnvironmentVariables;
        if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ServiceDiscovery))
        {
            var n = 0;
            while (variables.ContainsKey($"services__{name}__{endpoint.Scheme}__{n}"))
                n++;
            variables[$"services__{name}__{endpoint.Scheme}__{n}"] = endpoint;
        }

        if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.Endpoints))
            variables[$"{VariableNames.Encode(name)}_{VariableNames.Encode(endpoint.EndpointName)}"] = endpoint;
    }

    private static ReferenceEnvironmentInjectionFlags ReferenceFlags(IResource resource)
        => resource.Annotations.OfType<ReferenceEnvironmentInjectionAnnotation>().LastOrDefault()?.Flags
            ?? ReferenceEnvironmentInjectionFlags.All;
}
