using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>The commands that every process has, and which of all commands may be given now.</summary>
internal static class ResourceCommands
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void AddTo(IResource resource)
    {
        Add(resource, KnownResourceCommands.StartCommand, "Start", "Play", highlighted: true, CanStart, Start);
        Add(resource, KnownResourceCommands.StopCommand, "Stop", "Stop", highlighted: true, CanStop, Stop);
        Add(resource, KnownResourceCommands.RestartCommand, "Restart", "ArrowCounterclockwise", highlighted: false, CanRestart, Restart);
    }

    public static CustomResourceSnapshot WithStates(CustomResourceSnapshot snapshot, IResource resource, IServiceProvider services)
    {
        var context = new UpdateCommandStateContext { ResourceSnapshot = snapshot, ServiceProvider = services };
        return snapshot with
        {
            Commands = [.. resource.Annotations.OfType<ResourceCommandAnnotation>().Select(c => new ResourceCommandSnapshot(
                c.Name,
                c.UpdateState(context),
                c.DisplayName,
                c.DisplayDescription,
                c.Parameter,
                c.ConfirmationMessage,
                c.IconName,
                c.IconVariant,
                c.IsHighlighted))],
        };
    }

    private static void Add(
        IResource resource,
        string name,
        string displayName,
        string icon,
        bool highlighted,
        Func<string?, ResourceCommandState> state,
        Func<ResourceInstance, CancellationToken, Task<ExecuteCommandResult>> execute)
    {
        if (resource.Annotations.OfType<ResourceCommandAnnotation>().Any(c => c.Name == name))
            return;
        resource.Annotations.Add(new ResourceCommandAnnotation(
            name,
            displayName,
            context => state(context.ResourceSnapshot.State?.Text),
            context => execute(InstanceOf(resource, context.ResourceName), context.CancellationToken),
            displayDescription: null,
            parameter: null,
            confirmationMessage: null,
            icon,
            IconVariant.Filled,
            highlighted));
    }

    private static ResourceInstance InstanceOf(IResource resource, string id)
        => resource.Annotations.OfType<InstancesAnnotation>().Last().Instances.First(i => i.Id == id);

    private static ResourceCommandState CanStart(string? state)
        => IsDown(state) ? ResourceCommandState.Enabled : ResourceCommandState.Hidden;

    private static ResourceCommandState CanStop(string? state)
        => IsDown(state) ? ResourceCommandState.Hidden
            : state == KnownResourceStates.Stopping ? ResourceCommandState.Disabled : ResourceCommandState.Enabled;

    private static ResourceCommandState CanRestart(string? state)
        => state == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;

    private static bool IsDown(string? state)
        => state is null || state == KnownResourceStates.NotStarted || KnownResourceStates.TerminalStates.Contains(state);

    private static async Task<ExecuteCommandResult> Start(ResourceInstance instance, CancellationToken cancellationToken)
        => await instance.StartAsync(waitForDependencies: true, cancellationToken)
            ? CommandResults.Success()
            : CommandResults.Failure($"'{instance.Id}' runs already.");

    private static async Task<ExecuteCommandResult> Stop(ResourceInstance instance, CancellationToken cancellationToken)
        => await instance.StopAsync(Patience, cancellationToken)
            ? CommandResults.Success()
            : CommandResults.Failure($"'{instance.Id}' does not run.");

    private static async Task<ExecuteCommandResult> Restart(ResourceInstance instance, CancellationToken cancellationToken)
    {
        await instance.StopAsync(Patience, cancellationToken);
        return await Start(instance, cancellationToken);
    }
}
