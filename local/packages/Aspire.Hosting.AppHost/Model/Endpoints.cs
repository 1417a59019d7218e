using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>How an endpoint is bound.</summary>
public enum EndpointBindingMode
{
    SingleAddress,
    DualStackAnyAddresses,
    IPv4AnyAddresses,
    IPv6AnyAddresses,
}

/// <summary>One endpoint of a resource: where it is reached (<see cref="Port"/>), and where it listens (<see cref="TargetPort"/>).</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private readonly TaskCompletionSource<AllocatedEndpoint> _allocation = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool isProxied = true)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? protocol.ToString().ToLowerInvariant();
        Transport = transport ?? (UriScheme is "http" or "https" ? "http" : protocol.ToString().ToLowerInvariant());
        Name = name ?? UriScheme;
        Port = port;
        TargetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsProxied = isProxied;
    }

    public string Name { get; set; }

    public ProtocolType Protocol { get; set; }

    /// <summary>The port callers use; null for a free one.</summary>
    public int? Port { get; set; }

    /// <summary>The port the process listens on; null where the engine chooses.</summary>
    public int? TargetPort { get; set; }

    public string TargetHost { get; set; } = "localhost";

    public string UriScheme { get; set; }

    public string Transport { get; set; }

    public bool IsExternal { get; set; }

    public bool IsProxied { get; set; }

    /// <summary>Where it is reached, once the application has begun to start.</summary>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => _allocation.Task.IsCompletedSuccessfully ? _allocation.Task.Result : null;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _allocation.TrySetResult(value);
        }
    }

    /// <summary>The variable that tells the process its port (<c>env:</c> of <c>WithHttpEndpoint</c>).</summary>
    internal string? PortVariable { get; set; }

    internal Task<AllocatedEndpoint> WaitForAllocationAsync(CancellationToken cancellationToken)
        => _allocation.Task.WaitAsync(cancellationToken);
}

/// <summary>Where an endpoint is reached in this run.</summary>
public class AllocatedEndpoint
{
    public AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, string? targetPortExpression = null)
    {
        Endpoint = endpoint;
        Address = address;
        Port = port;
        TargetPortExpression = targetPortExpression;
    }

    public EndpointAnnotation Endpoint { get; }

    public string Address { get; }

    public int Port { get; }

    public EndpointBindingMode BindingMode => EndpointBindingMode.SingleAddress;

    public string? TargetPortExpression { get; }

    public string UriScheme => Endpoint.UriScheme;

    public string EndPointString => $"{Address}:{Port}";

    public string UriString => $"{UriScheme}://{EndPointString}";

    public override string ToString() => UriString;
}
