using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>The order of stopping: nothing stops before those that use it.</summary>
internal static class StopOrder
{
    /// <summary>Groups of resources; those of a group stop at once, and the groups one after the other.</summary>
    public static IReadOnlyList<IReadOnlyList<IResource>> Of(IReadOnlyCollection<IResource> resources)
    {
        var depths = new Dictionary<IResource, int>();
        foreach (var resource in resources)
            Depth(resource, depths, []);
        return [.. resources.GroupBy(r => depths[r]).OrderByDescending(g => g.Key).Select(g => (IReadOnlyList<IResource>)[.. g])];
    }

    /// <summary>How many resources stand below it: 0 where it uses none.</summary>
    private static int Depth(IResource resource, Dictionary<IResource, int> depths, HashSet<IResource> path)
    {
        if (depths.TryGetValue(resource, out var known))
            return known;
        // References may go in a circle: each of it then counts where it is met first.
        if (!path.Add(resource))
            return 0;
        var below = resource.Annotations.OfType<WaitAnnotation>().Select(w => w.Resource)
            .Concat(resource.Annotations.OfType<ResourceRelationshipAnnotation>().Where(r => r.Type == "Reference").Select(r => r.Resource))
            .Where(ResourceTypes.IsProcess)
            .Distinct()
            .Select(r => Depth(r, depths, path) + 1)
            .DefaultIfEmpty(0)
            .Max();
        path.Remove(resource);
        depths[resource] = below;
        return below;
    }
}
