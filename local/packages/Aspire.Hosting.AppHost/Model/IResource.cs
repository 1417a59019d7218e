namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something the application is composed of: a process, a parameter, a stack in the cloud.</summary>
public interface IResource
{
    string Name { get; }

    ResourceAnnotationCollection Annotations { get; }
}

/// <summary>A fact about a resource. The engine, the dashboard and the publisher read the ones they know.</summary>
public interface IResourceAnnotation;

/// <summary>The annotations of a resource, in the order in which they were added.</summary>
public sealed class ResourceAnnotationCollection : System.Collections.ObjectModel.Collection<IResourceAnnotation>;

/// <summary>What happens to annotations of the same type that are already there.</summary>
public enum ResourceAnnotationMutationBehavior
{
    Append = 0,
    Replace = 1,
}

/// <summary>A resource that takes environment variables.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>A resource that takes command line arguments.</summary>
public interface IResourceWithArgs : IResource;

/// <summary>A resource that listens.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>A resource that can wait for others before it starts.</summary>
public interface IResourceWithWaitSupport : IResource;

/// <summary>A resource that other resources may probe.</summary>
public interface IResourceWithProbes : IResource;

/// <summary>A resource that runs somewhere.</summary>
public interface IComputeResource : IResource;

/// <summary>A resource that is only a value: it neither starts nor stops.</summary>
public interface IResourceWithoutLifetime : IResource;

/// <summary>A resource that belongs under another one.</summary>
public interface IResourceWithParent : IResource
{
    IResource Parent { get; }
}

/// <summary>A resource that belongs under another one of a known type.</summary>
public interface IResourceWithParent<out T> : IResourceWithParent
    where T : IResource
{
    new T Parent { get; }

    IResource IResourceWithParent.Parent => Parent;
}

/// <summary>The base of every resource.</summary>
public abstract class Resource : IResource
{
    protected Resource(string name)
    {
        ResourceNames.Check(name);
        Name = name;
    }

    public virtual string Name { get; }

    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}

/// <summary>What a resource may be called: it becomes part of host names, of environment variables and of file names.</summary>
internal static class ResourceNames
{
    private const int MaxLength = 64;

    public static void Check(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var valid = name.Length <= MaxLength
            && char.IsAsciiLetter(name[0])
            && name[^1] != '-'
            && !name.Contains("--", StringComparison.Ordinal)
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
        if (!valid)
            throw new ArgumentException(
                $"Resource name '{name}' is invalid: 1 to {MaxLength} ASCII letters, digits and single hyphens, beginning with a letter.",
                nameof(name));
    }
}
