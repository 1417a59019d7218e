using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>The processes of a resource, by their ids.</summary>
internal sealed class InstancesAnnotation : IResourceAnnotation
{
    public InstancesAnnotation(IReadOnlyList<ResourceInstance> instances) => Instances = instances;

    public IReadOnlyList<ResourceInstance> Instances { get; }

    public IEnumerable<string> Ids => Instances.Select(i => i.Id);
}

/// <summary>
/// How a resource that is no project and no executable runs as a process here: packages of containers add it where they know
/// how to do without a container engine.
/// </summary>
internal sealed record LocalProcessAnnotation(
    Func<LocalProcessContext, CancellationToken, Task<Processes.ProcessSpec>> Prepare) : IResourceAnnotation;

/// <summary>What a process is prepared from.</summary>
/// <param name="Resource">Its resource.</param>
/// <param name="Environment">The variables that the resource sets.</param>
/// <param name="Arguments">The arguments that the resource sets.</param>
/// <param name="Logger">The resource's console log.</param>
/// <param name="Services">The app host's services.</param>
internal sealed record LocalProcessContext(
    IResource Resource,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<string> Arguments,
    Microsoft.Extensions.Logging.ILogger Logger,
    IServiceProvider Services);
