using System.Collections;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Processes;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Engine;

/// <summary>Turns a resource into a process that can be started: variables, arguments, program, ports.</summary>
internal sealed class ProcessPreparation
{
    private static readonly TimeSpan PortPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PortInterval = TimeSpan.FromMilliseconds(100);

    private readonly ResourceInstance _instance;
    private readonly EngineServices _services;

    public ProcessPreparation(ResourceInstance instance, EngineServices services)
    {
        _instance = instance;
        _services = services;
    }

    private IResource Resource => _instance.Resource;

    public async Task<ProcessSpec> PrepareAsync(CancellationToken cancellationToken)
    {
        var logger = _services.Loggers.GetLogger(_instance.Id);
        var isProject = Resource is ProjectResource;
        var first = isProject ? ProjectProcess.BaseVariables(Resource, _instance.Ports) : [];
        if (Resource.HasAnnotationOfType<OtlpExporterAnnotation>())
            first["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={InstanceSuffix()}";
        var configuration = await ExecutionConfiguration.ResolveAsync(
            Resource, _instance.Ports, first, _services.Context, logger, cancellationToken);
        await _services.Notifications.PublishUpdateAsync(
            Resource,
            _instance.Id,
            s => s with { EnvironmentVariables = [.. configuration.Environment.Select(v => new EnvironmentVariableSnapshot(v.Key, v.Value, IsFromSpec: true))] });
        var spec = await SpecAsync(configuration, logger, cancellationToken);
        await CheckPortsAsync(cancellationToken);
        return spec with { Environment = WithInherited(spec.Environment, isProject) };
    }

    private static Dictionary<string, string> WithInherited(IReadOnlyDictionary<string, string> own, bool isProject)
    {
        var all = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            all[(string)variable.Key] = (string?)variable.Value ?? "";
        if (isProject)
            foreach (var name in ProjectProcess.NotInherited)
                all.Remove(name);
        foreach (var (name, value) in own)
            all[name] = value;
        return all;
    }

    private string InstanceSuffix() => _instance.Id[(Resource.Name.Length + 1)..];

    private async Task<ProcessSpec> SpecAsync(ExecutionConfiguration configuration, ILogger logger, CancellationToken cancellationToken)
    {
        if (Resource.TryGetLastAnnotation<LocalProcessAnnotation>(out var local))
            return await local.Prepare(
                new LocalProcessContext(Resource, configuration.Environment, configuration.Arguments, logger, _services.Services),
                cancellationToken);
        if (Resource.TryGetLastAnnotation<IProjectMetadata>(out var project))
            return ProjectProcess.Prepare(project, configuration.Environment, configuration.Arguments);
        if (Resource is ExecutableResource executable)
            return new ProcessSpec
            {
                Command = executable.Command,
                WorkingDirectory = executable.WorkingDirectory,
                Arguments = configuration.Arguments,
                Environment = configuration.Environment,
            };
        throw new DistributedApplicationException(
            $"'{Resource.Name}' is a container, and there is no container engine here: use the official packages (AspirePackages=true).");
    }

    /// <summary>A process that has just been killed may hold its port a moment longer; anything else is an error.</summary>
    private async Task CheckPortsAsync(CancellationToken cancellationToken)
    {
        foreach (var (endpoint, port) in _instance.Ports.All)
        {
            var deadline = _services.Time.GetTimestamp();
            while (FreePorts.IsInUse(port))
            {
                if (_services.Time.GetElapsedTime(deadline) > PortPatience)
                    throw new DistributedApplicationException(
                        $"Port {port} of resource '{Resource.Name}' (endpoint '{endpoint.Name}') is in use by another process: stop that, or give the resource another port.");
                await Task.Delay(PortInterval, _services.Time, cancellationToken);
            }
        }
    }
}
