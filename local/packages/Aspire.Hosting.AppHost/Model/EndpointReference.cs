using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of an endpoint.</summary>
public enum EndpointProperty
{
    Url,
    Host,
    IPV4Host,
    Port,
    Scheme,
    TargetPort,
    HostAndPort,
}

/// <summary>An endpoint of a resource, by name: its address is known once the application starts.</summary>
public sealed class EndpointReference : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    private readonly EndpointAnnotation? _annotation;

    public EndpointReference(IResourceWithEndpoints owner, EndpointAnnotation endpoint)
        : this(owner, endpoint?.Name ?? throw new ArgumentNullException(nameof(endpoint)))
        => _annotation = endpoint;

    public EndpointReference(IResourceWithEndpoints owner, string endpointName)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentException.ThrowIfNullOrEmpty(endpointName);
        Resource = owner;
        EndpointName = endpointName;
    }

    public IResourceWithEndpoints Resource { get; }

    public string EndpointName { get; }

    /// <summary>What to say where the endpoint does not exist, in place of the usual sentence.</summary>
    public string? ErrorMessage { get; init; }

    public EndpointAnnotation EndpointAnnotation => Find()
        ?? throw new InvalidOperationException(
            ErrorMessage ?? $"Resource '{Resource.Name}' has no endpoint named '{EndpointName}'.");

    public bool Exists => Find() is not null;

    public bool IsAllocated => Find()?.AllocatedEndpoint is not null;

    public bool IsHttp => string.Equals(Scheme, "http", StringComparison.OrdinalIgnoreCase);

    public bool IsHttps => string.Equals(Scheme, "https", StringComparison.OrdinalIgnoreCase);

    public string Scheme => EndpointAnnotation.UriScheme;

    public int? TargetPort => EndpointAnnotation.TargetPort;

    public string Host => Allocated.Address;

    public int Port => Allocated.Port;

    public string Url => Allocated.UriString;

    string IManifestExpressionProvider.ValueExpression => Expression(EndpointProperty.Url);

    IEnumerable<object> IValueWithReferences.References => [Resource];

    private AllocatedEndpoint Allocated => EndpointAnnotation.AllocatedEndpoint
        ?? throw new InvalidOperationException(
            $"Endpoint '{EndpointName}' of resource '{Resource.Name}' has no address yet: it gets one when the application starts.");

    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
        => GetValueAsync(new ValueProviderContext(), cancellationToken);

    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default)
        => Property(EndpointProperty.Url).GetValueAsync(context, cancellationToken);

    internal string Expression(EndpointProperty property)
        => $"{{{Resource.Name}.bindings.{EndpointName}.{ManifestName(property)}}}";

    private static string ManifestName(EndpointProperty property) => property switch
    {
        EndpointProperty.Url => "url",
        EndpointProperty.Host or EndpointProperty.IPV4Host => "host",
        EndpointProperty.Port => "port",
        EndpointProperty.Scheme => "scheme",
        EndpointProperty.TargetPort => "targetPort",
        EndpointProperty.HostAndPort => "hostAndPort",
        _ => throw new ArgumentOutOfRangeException(nameof(property), property, message: null),
    };

    private EndpointAnnotation? Find()
        => _annotation ?? Resource.Annotations.OfType<EndpointAnnotation>()
            .FirstOrDefault(e => string.Equals(e.Name, EndpointName, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A part of an endpoint, known once the application starts.</summary>
public class EndpointReferenceExpression : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    public EndpointReferenceExpression(EndpointReference endpointReference, EndpointProperty property)
    {
        Endpoint = endpointReference;
        Property = property;
    }

    public EndpointReference Endpoint { get; }

    public EndpointProperty Property { get; }

    public string ValueExpression => Endpoint.Expression(Property);

    IEnumerable<object> IValueWithReferences.References => [Endpoint];

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
        => GetValueAsync(new ValueProviderContext(), cancellationToken);

    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default)
    {
        var annotation = Endpoint.EndpointAnnotation;
        if (Property == EndpointProperty.Scheme)
            return annotation.UriScheme;

        var allocated = await annotation.WaitForAllocationAsync(cancellationToken);
        return Property switch
        {
            EndpointProperty.Url => allocated.UriString,
            EndpointProperty.Host => allocated.Address,
            EndpointProperty.IPV4Host => "127.0.0.1",
            EndpointProperty.Port => allocated.Port.ToString(CultureInfo.InvariantCulture),
            EndpointProperty.TargetPort => Engine.InstancePorts.TargetPort(annotation).ToString(CultureInfo.InvariantCulture),
            EndpointProperty.HostAndPort => allocated.EndPointString,
            _ => throw new InvalidOperationException($"Endpoints have no property '{Property}'."),
        };
    }
}
