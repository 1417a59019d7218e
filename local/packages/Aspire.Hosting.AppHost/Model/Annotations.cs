namespace Aspire.Hosting.ApplicationModel;

/// <summary>Sets environment variables when the resource starts, or is published.</summary>
public class EnvironmentCallbackAnnotation : IResourceAnnotation
{
    public EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> callback) => Callback = callback;

    public EnvironmentCallbackAnnotation(Action<EnvironmentCallbackContext> callback)
        => Callback = context =>
        {
            callback(context);
            return Task.CompletedTask;
        };

    public Func<EnvironmentCallbackContext, Task> Callback { get; }
}

/// <summary>Adds command line arguments when the resource starts, or is published.</summary>
public class CommandLineArgsCallbackAnnotation : IResourceAnnotation
{
    public CommandLineArgsCallbackAnnotation(Func<CommandLineArgsCallbackContext, Task> callback) => Callback = callback;

    public CommandLineArgsCallbackAnnotation(Action<IList<object>> callback)
        => Callback = context =>
        {
            callback(context.Args);
            return Task.CompletedTask;
        };

    public Func<CommandLineArgsCallbackContext, Task> Callback { get; }
}

/// <summary>The health check, by its key among the registered ones, that tells whether the resource is healthy.</summary>
public class HealthCheckAnnotation : IResourceAnnotation
{
    public HealthCheckAnnotation(string key) => Key = key;

    public string Key { get; }
}

/// <summary>What a resource waits for.</summary>
public enum WaitType
{
    WaitUntilHealthy,
    WaitForCompletion,
    WaitUntilStarted,
}

/// <summary>What waiting does when the dependency cannot become what is waited for.</summary>
public enum WaitBehavior
{
    WaitOnResourceUnavailable,
    StopOnResourceUnavailable,
}

/// <summary>The resource starts after another one.</summary>
public sealed class WaitAnnotation : IResourceAnnotation
{
    public WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0)
    {
        Resource = resource;
        WaitType = waitType;
        ExitCode = exitCode;
    }

    public IResource Resource { get; }

    public WaitType WaitType { get; }

    public int ExitCode { get; }

    public WaitBehavior? WaitBehavior { get; init; }
}

/// <summary>How many processes of the resource there are.</summary>
public sealed class ReplicaAnnotation : IResourceAnnotation
{
    public ReplicaAnnotation(int replicas = 1) => Replicas = replicas;

    public int Replicas { get; }
}

/// <summary>The resource starts when it is told to.</summary>
public sealed class ExplicitStartupAnnotation : IResourceAnnotation;

/// <summary>A relation that the dashboard draws.</summary>
public sealed class ResourceRelationshipAnnotation : IResourceAnnotation
{
    public ResourceRelationshipAnnotation(IResource resource, string type)
    {
        Resource = resource;
        Type = type;
    }

    public IResource Resource { get; }

    public string Type { get; }
}

/// <summary>What is run.</summary>
public sealed class ExecutableAnnotation : IResourceAnnotation
{
    public required string Command { get; set; }

    public required string WorkingDirectory { get; set; }
}

/// <summary>The image of a container.</summary>
public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    public string? Registry { get; set; }

    public required string Image { get; set; }

    public string? Tag { get; set; }

    public string? SHA256 { get; set; }
}

/// <summary>Where the data of a container is.</summary>
public enum ContainerMountType
{
    BindMount,
    Volume,
}

/// <summary>A folder or volume that a container sees.</summary>
public sealed class ContainerMountAnnotation : IResourceAnnotation
{
    public ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly)
    {
        Source = source;
        Target = target;
        Type = type;
        IsReadOnly = isReadOnly;
    }

    public string? Source { get; }

    public string Target { get; }

    public ContainerMountType Type { get; }

    public bool IsReadOnly { get; }
}

/// <summary>The snapshot that a resource begins with.</summary>
internal sealed record InitialSnapshotAnnotation(CustomResourceSnapshot Snapshot) : IResourceAnnotation;

/// <summary>Which endpoints of a project its <c>ASPNETCORE_URLS</c> names.</summary>
internal sealed record EndpointEnvironmentFilterAnnotation(Func<EndpointAnnotation, bool> Filter) : IResourceAnnotation;

/// <summary>The icon of the resource.</summary>
public sealed class ResourceIconAnnotation : IResourceAnnotation
{
    public ResourceIconAnnotation(string iconName, IconVariant iconVariant = IconVariant.Filled)
    {
        IconName = iconName;
        IconVariant = iconVariant;
    }

    public string IconName { get; }

    public IconVariant IconVariant { get; }
}
