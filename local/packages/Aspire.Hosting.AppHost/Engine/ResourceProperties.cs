using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Processes;

namespace Aspire.Hosting.Engine;

/// <summary>The properties that the dashboard shows of a process.</summary>
internal static class ResourceProperties
{
    public static ImmutableArray<ResourcePropertySnapshot> OfProcess(
        ImmutableArray<ResourcePropertySnapshot> others,
        IResource resource,
        ProcessSpec spec,
        int processId)
    {
        List<ResourcePropertySnapshot> own =
        [
            new("executable.path", spec.Command),
            new("executable.workDir", spec.WorkingDirectory),
            // Arguments may carry a password.
            new("executable.args", spec.Arguments.ToArray()) { IsSensitive = true },
            new("executable.pid", processId),
        ];
        if (resource.TryGetLastAnnotation<IProjectMetadata>(out var project))
            own.Add(new("project.path", project.ProjectPath));
        if (resource.TryGetLastAnnotation<Building.LaunchProfileAnnotation>(out var launch))
            own.Add(new("project.launchProfile", launch.Name));
        if (resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var image))
            own.Add(new("container.image", $"{image.Image}:{image.Tag}"));
        var names = own.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        return [.. own, .. others.Where(p => !names.Contains(p.Name))];
    }
}
