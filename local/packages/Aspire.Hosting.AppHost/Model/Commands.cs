namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command is offered.</summary>
public class CommandOptions
{
    internal static readonly CommandOptions Default = new();

    public string? Description { get; set; }

    public object? Parameter { get; set; }

    /// <summary>What is asked before the command is given.</summary>
    public string? ConfirmationMessage { get; set; }

    public string? IconName { get; set; }

    public IconVariant? IconVariant { get; set; }

    public bool IsHighlighted { get; set; }

    /// <summary>Whether the command may be given now; always, where it is null.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }
}

/// <summary>A command of a resource.</summary>
public sealed class ResourceCommandAnnotation : IResourceAnnotation
{
    public ResourceCommandAnnotation(
        string name,
        string displayName,
        Func<UpdateCommandStateContext, ResourceCommandState> updateState,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        string? displayDescription,
        object? parameter,
        string? confirmationMessage,
        string? iconName,
        IconVariant? iconVariant,
        bool isHighlighted)
    {
        Name = name;
        DisplayName = displayName;
        UpdateState = updateState;
        ExecuteCommand = executeCommand;
        DisplayDescription = displayDescription;
        Parameter = parameter;
        ConfirmationMessage = confirmationMessage;
        IconName = iconName;
        IconVariant = iconVariant;
        IsHighlighted = isHighlighted;
    }

    public string Name { get; }

    public string DisplayName { get; }

    public Func<UpdateCommandStateContext, ResourceCommandState> UpdateState { get; }

    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; }

    public string? DisplayDescription { get; }

    public object? Parameter { get; }

    public string? ConfirmationMessage { get; }

    public string? IconName { get; }

    public IconVariant? IconVariant { get; }

    public bool IsHighlighted { get; }
}

/// <summary>What decides whether a command may be given.</summary>
public sealed class UpdateCommandStateContext
{
    public required CustomResourceSnapshot ResourceSnapshot { get; init; }

    public required IServiceProvider ServiceProvider { get; init; }
}

/// <summary>What a command runs with.</summary>
public sealed class ExecuteCommandContext
{
    public required IServiceProvider ServiceProvider { get; init; }

    /// <summary>The id of the resource's process, or its name where it is no process.</summary>
    public required string ResourceName { get; init; }

    public required CancellationToken CancellationToken { get; init; }
}

/// <summary>How a command ended.</summary>
public sealed class ExecuteCommandResult
{
    public required bool Success { get; init; }

    public bool Canceled { get; init; }

    public string? ErrorMessage { get; init; }
}

/// <summary>Makes results of commands.</summary>
public static class CommandResults
{
    public static ExecuteCommandResult Success() => new() { Success = true };

    public static ExecuteCommandResult Failure(string? errorMessage = null) => new() { Success = false, ErrorMessage = errorMessage };

    public static ExecuteCommandResult Failure(Exception exception) => Failure(exception?.Message);

    public static ExecuteCommandResult Canceled() => new() { Success = false, Canceled = true };
}
