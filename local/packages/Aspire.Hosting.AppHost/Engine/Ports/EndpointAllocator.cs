using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>Gives every endpoint its address, and every process the ports that it listens on.</summary>
internal static class EndpointAllocator
{
    /// <summary>Where a process listens itself there is no proxy; replicas need one to share an endpoint.</summary>
    public static bool NeedsProxy(IResource resource, EndpointAnnotation endpoint)
        => endpoint.IsProxied
            && resource is not ContainerResource
            && (resource.GetReplicaCount() > 1 || (endpoint.TargetPort is { } target && target != endpoint.Port));

    public static void Allocate(IResource resource, bool randomize)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.AllocatedEndpoint is null))
        {
            var fixedPort = endpoint.IsProxied
                ? (randomize ? null : endpoint.Port)
                : endpoint.Port ?? endpoint.TargetPort;
            endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, endpoint.TargetHost, fixedPort ?? FreePorts.Next());
        }
    }

    public static InstancePorts PortsFor(IResource resource, int replicas)
    {
        var ports = new InstancePorts();
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            ports[endpoint] = !NeedsProxy(resource, endpoint)
                ? endpoint.AllocatedEndpoint!.Port
                : endpoint.TargetPort is { } target && replicas == 1 ? target : FreePorts.Next();
        return ports;
    }
}
