using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>Finds two endpoints of the application that want the same port, before one of them fails for it.</summary>
internal static class PortConflicts
{
    /// <exception cref="DistributedApplicationException">The message names the port and both resources.</exception>
    public static void Check(IEnumerable<IResource> resources)
    {
        var taken = new Dictionary<int, IResource>();
        foreach (var resource in resources)
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            {
                var port = endpoint.AllocatedEndpoint!.Port;
                if (!taken.TryAdd(port, resource))
                    throw new DistributedApplicationException(
                        $"Port {port} is given to two endpoints: one of resource '{taken[port].Name}', and '{endpoint.Name}' of '{resource.Name}'.");
            }
    }
}
