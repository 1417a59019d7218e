using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds programs.</summary>
public static class ExecutableResourceBuilderExtensions
{
    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder,
        string name,
        string command,
        string workingDirectory,
        params string[]? args)
        => builder.AddExecutable(name, command, workingDirectory, (object[]?)args);

    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder,
        string name,
        string command,
        string workingDirectory,
        params object[]? args)
    {
        var directory = Path.GetFullPath(workingDirectory, builder.AppHostDirectory);
        var executable = builder.AddResource(new ExecutableResource(name, command, directory));
        return args is { Length: > 0 } ? executable.WithArgs(args) : executable;
    }

    public static IResourceBuilder<T> WithCommand<T>(this IResourceBuilder<T> builder, string command)
        where T : ExecutableResource
    {
        builder.Resource.Annotations.OfType<ExecutableAnnotation>().Last().Command = command;
        return builder;
    }

    public static IResourceBuilder<T> WithWorkingDirectory<T>(this IResourceBuilder<T> builder, string workingDirectory)
        where T : ExecutableResource
    {
        builder.Resource.Annotations.OfType<ExecutableAnnotation>().Last().WorkingDirectory
            = Path.GetFullPath(workingDirectory, builder.ApplicationBuilder.AppHostDirectory);
        return builder;
    }
}

/// <summary>Gives custom resources their first snapshot.</summary>
public static class CustomResourceExtensions
{
    public static IResourceBuilder<TResource> WithInitialState<TResource>(
        this IResourceBuilder<TResource> builder,
        CustomResourceSnapshot initialSnapshot)
        where TResource : IResource
        => builder.WithAnnotation(new InitialSnapshotAnnotation(initialSnapshot), ResourceAnnotationMutationBehavior.Replace);
}

/// <summary>Finds resources that have been added.</summary>
public static class DistributedApplicationBuilderExtensions
{
    public static IResourceBuilder<T> CreateResourceBuilder<T>(this IDistributedApplicationBuilder builder, string name)
        where T : IResource
        => builder.Resources.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase)) switch
        {
            null => throw new InvalidOperationException($"There is no resource '{name}'."),
            T resource => builder.CreateResourceBuilder(resource),
            var other => throw new InvalidOperationException($"Resource '{name}' is a {other.GetType().Name}, no {typeof(T).Name}."),
        };
}
