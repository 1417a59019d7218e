using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>The types of resources, as the dashboard names them.</summary>
internal static class ResourceTypes
{
    public const string Project = "Project";
    public const string Container = "Container";
    public const string Executable = "Executable";
    public const string Parameter = "Parameter";

    public static string NameOf(IResource resource) => resource switch
    {
        ProjectResource => Project,
        ExecutableResource => Executable,
        ContainerResource => Container,
        IResourceWithConnectionString and ParameterResource => "ConnectionString",
        ParameterResource => Parameter,
        _ => resource.GetType().Name.EndsWith("Resource", StringComparison.Ordinal)
            ? resource.GetType().Name[..^"Resource".Length]
            : resource.GetType().Name,
    };

    /// <summary>Whether the engine runs it as a process.</summary>
    public static bool IsProcess(IResource resource)
        => resource is ProjectResource or ExecutableResource or ContainerResource;
}
