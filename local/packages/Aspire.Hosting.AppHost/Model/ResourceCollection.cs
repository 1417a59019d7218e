using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resources of an application, in the order in which they were added.</summary>
public interface IResourceCollection : IList<IResource>;

internal sealed class ResourceCollection : Collection<IResource>, IResourceCollection
{
    protected override void InsertItem(int index, IResource item)
    {
        if (this.Any(r => string.Equals(r.Name, item.Name, StringComparison.OrdinalIgnoreCase)))
            throw new DistributedApplicationException($"A resource named '{item.Name}' exists already: names are unique, whatever their case.");
        base.InsertItem(index, item);
    }
}

/// <summary>The application as it was composed.</summary>
public class DistributedApplicationModel
{
    public DistributedApplicationModel(IEnumerable<IResource> resources)
        : this(AsCollection(resources))
    {
    }

    public DistributedApplicationModel(IResourceCollection resources) => Resources = resources;

    public IResourceCollection Resources { get; }

    private static ResourceCollection AsCollection(IEnumerable<IResource> resources)
    {
        var collection = new ResourceCollection();
        foreach (var resource in resources)
            collection.Add(resource);
        return collection;
    }
}
