using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>The ports that one process listens on. Replicas of a resource share its endpoints, and each has ports of its own.</summary>
internal sealed class InstancePorts
{
    private static readonly AsyncLocal<InstancePorts?> Ambient = new();

    private readonly Dictionary<EndpointAnnotation, int> _ports = [];

    /// <summary>The process whose variables and arguments are being resolved.</summary>
    public static InstancePorts? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    public int this[EndpointAnnotation endpoint]
    {
        get => _ports[endpoint];
        set => _ports[endpoint] = value;
    }

    public IEnumerable<KeyValuePair<EndpointAnnotation, int>> All => _ports;

    public static int TargetPort(EndpointAnnotation endpoint)
        => Current is { } current && current._ports.TryGetValue(endpoint, out var port)
            ? port
            : endpoint.TargetPort ?? endpoint.AllocatedEndpoint!.Port;
}
