using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

public sealed partial class ManifestPublishingContext
{
    /// <summary>Writes a container: image, entry point, arguments, mounts, variables and bindings.</summary>
    public async Task WriteContainerAsync(ContainerResource container)
    {
        var image = container.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault()
            ?? throw new DistributedApplicationException($"Container '{container.Name}' has no image.");
        Writer.WriteString("type", "container.v0");
        WriteConnectionString(container);
        var registry = image.Registry is null ? "" : $"{image.Registry}/";
        var version = image.SHA256 is { } hash ? $"@sha256:{hash}" : $":{image.Tag ?? "latest"}";
        Writer.WriteString("image", $"{registry}{image.Image}{version}");
        // The arguments decide on the entry point of some.
        var arguments = await ArgumentsAsync(container);
        if (container.Entrypoint is { } entrypoint)
            Writer.WriteString("entrypoint", entrypoint);
        WriteArguments(arguments);
        WriteMounts(container);
        await WriteEnvironmentVariablesAsync(container);
        WriteBindings(container);
    }

    /// <summary>Writes one resource, unless it is left out.</summary>
    internal async Task WriteResourceAsync(IResource resource)
    {
        Func<Task>? write = resource.TryGetLastAnnotation<ManifestPublishingCallbackAnnotation>(out var custom)
            ? custom.Callback is { } callback ? () => callback(this) : null
            : WriterOf(resource);
        if (write is null)
            return;
        Writer.WriteStartObject(resource.Name);
        await write();
        Writer.WriteEndObject();
    }

    private Func<Task>? WriterOf(IResource resource) => resource switch
    {
        ProjectResource project => () => WriteProjectAsync(project),
        ExecutableResource executable => () => WriteExecutableAsync(executable),
        ContainerResource container => () => WriteContainerAsync(container),
        ParameterResource parameter => () => WriteParameter(parameter),
        IResourceWithConnectionString => () => WriteValue(resource),
        _ => () => WriteError(resource),
    };

    private async Task WriteProjectAsync(ProjectResource project)
    {
        var metadata = project.Annotations.OfType<IProjectMetadata>().Last();
        Writer.WriteString("type", "project.v0");
        Writer.WriteString("path", GetManifestRelativePath(metadata.ProjectPath));
        await WriteCommandLineArgumentsAsync(project);
        await WriteEnvironmentVariablesAsync(project);
        WriteBindings(project);
    }

    private async Task WriteExecutableAsync(ExecutableResource executable)
    {
        Writer.WriteString("type", "executable.v0");
        WriteConnectionString(executable);
        Writer.WriteString("workingDirectory", GetManifestRelativePath(executable.WorkingDirectory));
        Writer.WriteString("command", executable.Command);
        await WriteCommandLineArgumentsAsync(executable);
        await WriteEnvironmentVariablesAsync(executable);
        WriteBindings(executable);
    }

    private Task WriteParameter(ParameterResource parameter)
    {
        Writer.WriteString("type", "parameter.v0");
        if (parameter is IResourceWithConnectionString)
            Writer.WriteString("connectionString", parameter.ValueExpression);
        Writer.WriteString("value", $"{{{parameter.Name}.inputs.value}}");
        Writer.WriteStartObject("inputs");
        Writer.WriteStartObject("value");
        Writer.WriteString("type", "string");
        if (parameter.Secret)
            Writer.WriteBoolean("secret", value: true);
        if (parameter.Default is { } value)
        {
            Writer.WriteStartObject("default");
            value.WriteToManifest(this);
            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
        Writer.WriteEndObject();
        return Task.CompletedTask;
    }

    private Task WriteValue(IResource resource)
    {
        Writer.WriteString("type", "value.v0");
        WriteConnectionString(resource);
        return Task.CompletedTask;
    }

    private Task WriteError(IResource resource)
    {
        Writer.WriteString("error", $"Resource '{resource.Name}' of type {resource.GetType().Name} is not known to manifests.");
        return Task.CompletedTask;
    }

    private void WriteMounts(ContainerResource container)
    {
        var mounts = container.Annotations.OfType<ContainerMountAnnotation>().ToLookup(m => m.Type);
        WriteMounts("bindMounts", "source", mounts[ContainerMountType.BindMount], source => GetManifestRelativePath(source));
        WriteMounts("volumes", "name", mounts[ContainerMountType.Volume], name => name);
    }

    private void WriteMounts(string list, string key, IEnumerable<ContainerMountAnnotation> mounts, Func<string?, string?> source)
    {
        var all = mounts.ToList();
        if (all.Count == 0)
            return;
        Writer.WriteStartArray(list);
        foreach (var mount in all)
        {
            Writer.WriteStartObject();
            if (source(mount.Source) is { } text)
                Writer.WriteString(key, text);
            Writer.WriteString("target", mount.Target);
            Writer.WriteBoolean("readOnly", mount.IsReadOnly);
            Writer.WriteEndObject();
        }

        Writer.WriteEndArray();
    }
}
