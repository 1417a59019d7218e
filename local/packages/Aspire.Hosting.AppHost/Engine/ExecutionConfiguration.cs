using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Engine;

/// <summary>The variables and arguments of one process, with every value resolved.</summary>
internal sealed record ExecutionConfiguration(IReadOnlyDictionary<string, string> Environment, IReadOnlyList<string> Arguments)
{
    public static async Task<ExecutionConfiguration> ResolveAsync(
        IResource resource,
        InstancePorts ports,
        IReadOnlyDictionary<string, object> first,
        DistributedApplicationExecutionContext context,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        InstancePorts.Current = ports;
        var variables = new Dictionary<string, object>(first, StringComparer.Ordinal);
        var environment = new EnvironmentCallbackContext(context, resource, variables, cancellationToken) { Logger = logger };
        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
            await callback.Callback(environment);
        if (resource.TryGetLastAnnotation<Building.LaunchProfileAnnotation>(out var launch))
            AddLaunchProfile(variables, launch);

        var arguments = new List<object>();
        var args = new CommandLineArgsCallbackContext(arguments, resource, cancellationToken) { ExecutionContext = context, Logger = logger };
        foreach (var callback in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
            await callback.Callback(args);

        var caller = new ValueProviderContext { Caller = resource, ExecutionContext = context };
        var resolved = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in variables)
            if (await TextAsync(value, caller, cancellationToken) is { } text)
                resolved[name] = text;
        var words = new List<string>();
        foreach (var argument in arguments)
            if (await TextAsync(argument, caller, cancellationToken) is { } text)
                words.Add(text);
        return new ExecutionConfiguration(resolved, words);
    }

    private static void AddLaunchProfile(Dictionary<string, object> variables, Building.LaunchProfileAnnotation launch)
    {
        variables.TryAdd("DOTNET_LAUNCH_PROFILE", launch.Name);
        foreach (var (name, value) in launch.Profile.EnvironmentVariables)
            variables.TryAdd(name, System.Environment.ExpandEnvironmentVariables(value));
    }

    private static async ValueTask<string?> TextAsync(object? value, ValueProviderContext caller, CancellationToken cancellationToken)
        => value switch
        {
            null => null,
            string text => text,
            IValueProvider provider => await provider.GetValueAsync(caller, cancellationToken),
            bool flag => flag ? "true" : "false",
            IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(caller, cancellationToken),
            IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
            _ => throw new DistributedApplicationException($"A value of type {value.GetType().Name} cannot be given to a process."),
        };
}
