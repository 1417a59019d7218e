using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Gives commands to resources: those of the engine, and those of <c>WithCommand</c>.</summary>
public partial class ResourceCommandService
{
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _loggers;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(IServiceProvider services)
    {
        _services = services;
        _notifications = services.GetRequiredService<ResourceNotificationService>();
        _loggers = services.GetRequiredService<ResourceLoggerService>();
    }

    /// <summary>Gives a command to one process, by its id, or to a resource, by its name.</summary>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(
        string resourceId,
        string commandName,
        CancellationToken cancellationToken = default)
    {
        if (_notifications.TryGetCurrentState(resourceId, out var state))
            return ExecuteAsync(state.Resource, state.ResourceId, commandName, cancellationToken);
        var resource = _services.GetRequiredService<DistributedApplicationModel>().Resources
            .FirstOrDefault(r => string.Equals(r.Name, resourceId, StringComparison.OrdinalIgnoreCase));
        return resource is null
            ? Task.FromResult(CommandResults.Failure($"There is no resource '{resourceId}'."))
            : ExecuteCommandAsync(resource, commandName, cancellationToken);
    }

    /// <summary>Gives a command to every process of a resource at once.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        IResource resource,
        string commandName,
        CancellationToken cancellationToken = default)
    {
        var ids = resource.Annotations.OfType<Engine.InstancesAnnotation>().LastOrDefault()?.Ids ?? [resource.Name];
        var results = await Task.WhenAll(ids.Select(id => ExecuteAsync(resource, id, commandName, cancellationToken)));
        if (results.All(r => r.Success))
            return CommandResults.Success();
        var failures = results.Where(r => !r.Success && !r.Canceled).ToList();
        return failures.Count == 0
            ? CommandResults.Canceled()
            : CommandResults.Failure(string.Join(' ', failures.Select(r => r.ErrorMessage).Distinct()));
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(
        IResource resource,
        string resourceId,
        string commandName,
        CancellationToken cancellationToken)
    {
        var logger = _loggers.GetLogger(resourceId);
        var name = WithoutOldPrefix(commandName);
        var command = resource.Annotations.OfType<ResourceCommandAnnotation>()
            .LastOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal)
                || string.Equals(c.Name, commandName, StringComparison.Ordinal));
        if (command is null)
            return CommandResults.Failure($"Resource '{resource.Name}' has no command '{commandName}'.");

        try
        {
            Log.Executing(logger, command.Name);
            var result = await command.ExecuteCommand(new ExecuteCommandContext
            {
                ResourceName = resourceId,
                ServiceProvider = _services,
                CancellationToken = cancellationToken,
            });
            if (!result.Success && !result.Canceled)
                Log.Failed(logger, command.Name, result.ErrorMessage ?? "no reason given");
            return result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
#pragma warning disable CA1031 // A command is the composer's code: whatever it throws is its result.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.Threw(logger, exception, command.Name);
            return CommandResults.Failure(exception);
        }
    }

    // Older versions, and scripts written for them, say resource-start.
    private static string WithoutOldPrefix(string name)
        => name.StartsWith("resource-", StringComparison.Ordinal) ? name["resource-".Length..] : name;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Command '{Command}'.")]
        public static partial void Executing(ILogger logger, string command);

        [LoggerMessage(2, LogLevel.Error, "Command '{Command}' failed: {Reason}")]
        public static partial void Failed(ILogger logger, string command, string reason);

        [LoggerMessage(3, LogLevel.Error, "Command '{Command}' failed.")]
        public static partial void Threw(ILogger logger, Exception exception, string command);
    }
}
