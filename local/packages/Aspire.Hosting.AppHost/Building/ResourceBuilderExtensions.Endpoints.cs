using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        string? scheme = null,
        string? name = null,
        string? env = null,
        bool isProxied = true,
        bool? isExternal = null,
        ProtocolType? protocol = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = new EndpointAnnotation(
            protocol ?? ProtocolType.Tcp,
            scheme,
            name: name,
            port: port,
            targetPort: targetPort,
            isExternal: isExternal,
            isProxied: isProxied) { PortVariable = env };
        if (EndpointsOf(builder.Resource).Any(e => string.Equals(e.Name, endpoint.Name, StringComparison.OrdinalIgnoreCase)))
            throw new DistributedApplicationException(
                $"Resource '{builder.Resource.Name}' has an endpoint '{endpoint.Name}' already: give this one another name.");
        builder.WithAnnotation(endpoint);
        if (env is not null && builder.Resource is IResourceWithEnvironment)
        {
            var reference = new EndpointReference(builder.Resource, endpoint);
            builder.WithAnnotation(new EnvironmentCallbackAnnotation(
                context => context.EnvironmentVariables[env] = reference.Property(EndpointProperty.TargetPort)));
        }

        return builder;
    }

    /// <summary>Changes an endpoint, such as one that a launch profile gave.</summary>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder,
        string endpointName,
        Action<EndpointAnnotation> callback,
        bool createIfNotExists = true)
        where T : IResourceWithEndpoints
    {
        var endpoint = EndpointsOf(builder.Resource)
            .FirstOrDefault(e => string.Equals(e.Name, endpointName, StringComparison.OrdinalIgnoreCase));
        if (endpoint is null)
        {
            if (!createIfNotExists)
                return builder;
            endpoint = new EndpointAnnotation(ProtocolType.Tcp, name: endpointName);
            callback(endpoint);
            return builder.WithAnnotation(endpoint);
        }

        callback(endpoint);
        return builder;
    }

    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        string? name = null,
        string? env = null,
        bool isProxied = true)
        where T : IResourceWithEndpoints
        => builder.WithEndpoint(port, targetPort, "http", name, env, isProxied);

    public static IResourceBuilder<T> WithHttpsEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        string? name = null,
        string? env = null,
        bool isProxied = true)
        where T : IResourceWithEndpoints
        => builder.WithEndpoint(port, targetPort, "https", name, env, isProxied);

    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        foreach (var endpoint in EndpointsOf(builder.Resource).Where(e => e.UriScheme is "http" or "https"))
            endpoint.IsExternal = true;
        return builder;
    }

    public static IResourceBuilder<T> AsHttp2Service<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        foreach (var endpoint in EndpointsOf(builder.Resource).Where(e => e.UriScheme is "http" or "https"))
            endpoint.Transport = "http2";
        return builder;
    }

    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : IResourceWithEndpoints
        => builder.Resource.GetEndpoint(name);

    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource
        => builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(a => a.Key == key)
            ? throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' has the health check '{key}' already.")
            : builder.WithAnnotation(new HealthCheckAnnotation(key));

    /// <summary>The resource is healthy while <paramref name="path"/> (else <c>/</c>) answers <paramref name="statusCode"/> (else 200).</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder,
        string? path = null,
        int? statusCode = null,
        string? endpointName = null)
        where T : IResourceWithEndpoints
        => builder.WithHttpHealthCheck(() => HttpEndpointOf(builder.Resource, endpointName), path, statusCode);

    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder,
        Func<EndpointReference>? endpointSelector,
        string? path = null,
        int? statusCode = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = endpointSelector?.Invoke() ?? HttpEndpointOf(builder.Resource, endpointName: null);
        var key = $"{builder.Resource.Name}_{endpoint.EndpointName}_{path ?? "/"}_{statusCode ?? 200}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key,
            services => ActivatorUtilities.CreateInstance<HttpHealthCheck>(services, new HttpProbe(endpoint, path ?? "/", statusCode ?? 200)),
            failureStatus: null,
            tags: null));
        return builder.WithHealthCheck(key);
    }

    private static EndpointReference HttpEndpointOf(IResourceWithEndpoints resource, string? endpointName)
    {
        var http = EndpointsOf(resource).Where(e => e.UriScheme is "http" or "https").ToList();
        var endpoint = endpointName is null
            ? http.FirstOrDefault(e => e.UriScheme == "http") ?? http.FirstOrDefault()
            : http.FirstOrDefault(e => string.Equals(e.Name, endpointName, StringComparison.OrdinalIgnoreCase));
        return endpoint is not null
            ? new EndpointReference(resource, endpoint)
            : throw new DistributedApplicationException(
                $"Resource '{resource.Name}' has no HTTP endpoint{(endpointName is null ? "" : $" named '{endpointName}'")} "
                + "whose health could be checked: add it before its health check.");
    }

    private static IEnumerable<EndpointAnnotation> EndpointsOf(IResource resource) => resource.Annotations.OfType<EndpointAnnotation>();
}
