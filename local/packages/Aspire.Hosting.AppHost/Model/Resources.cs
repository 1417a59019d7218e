namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project that runs as a process of its own.</summary>
public class ProjectResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery,
    IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
{
    public ProjectResource(string name)
        : base(name)
    {
    }
}

/// <summary>A program that runs as a process of its own.</summary>
public class ExecutableResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints,
    IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
{
    public ExecutableResource(string name, string command, string workingDirectory)
        : base(name)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        ArgumentNullException.ThrowIfNull(workingDirectory);
        Annotations.Add(new ExecutableAnnotation { Command = command, WorkingDirectory = workingDirectory });
    }

    public string Command => Annotation.Command;

    public string WorkingDirectory => Annotation.WorkingDirectory;

    private ExecutableAnnotation Annotation => Annotations.OfType<ExecutableAnnotation>().Last();
}

/// <summary>A container image. It runs on this machine where a package says how to run it without a container engine.</summary>
public class ContainerResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints,
    IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
{
    public ContainerResource(string name, string? entrypoint = null)
        : base(name)
        => Entrypoint = entrypoint;

    public string? Entrypoint { get; set; }
}

/// <summary>A resource that is reached by a connection string.</summary>
public interface IResourceWithConnectionString : IResource, IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    /// <summary>The variable that carries it, in place of <c>ConnectionStrings__NAME</c>.</summary>
    string? ConnectionStringEnvironmentVariable => null;

    ReferenceExpression ConnectionStringExpression { get; }

    string IManifestExpressionProvider.ValueExpression => $"{{{Name}.connectionString}}";

    IEnumerable<object> IValueWithReferences.References => [ConnectionStringExpression];

    ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default)
        => ConnectionStringExpression.GetValueAsync(cancellationToken);

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => GetConnectionStringAsync(cancellationToken);

    ValueTask<string?> IValueProvider.GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
        => GetConnectionStringAsync(cancellationToken);

    /// <summary>Its parts by name (<c>Host</c>, <c>Port</c>, …), which become variables of their own.</summary>
    IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() => [];
}

/// <summary>A connection string, as a value.</summary>
public class ConnectionStringReference : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    public ConnectionStringReference(IResourceWithConnectionString resource, bool optional)
    {
        Resource = resource;
        Optional = optional;
    }

    public IResourceWithConnectionString Resource { get; }

    public bool Optional { get; }

    string IManifestExpressionProvider.ValueExpression => Resource.ValueExpression;

    IEnumerable<object> IValueWithReferences.References => [Resource];

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        var value = await Resource.GetConnectionStringAsync(cancellationToken);
        return string.IsNullOrEmpty(value) && !Optional
            ? throw new DistributedApplicationException($"The connection string of resource '{Resource.Name}' is empty.")
            : value;
    }
}
