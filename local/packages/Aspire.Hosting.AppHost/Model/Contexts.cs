using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a callback for environment variables may use and change.</summary>
public class EnvironmentCallbackContext
{
    private readonly IResource? _resource;

    public EnvironmentCallbackContext(
        DistributedApplicationExecutionContext executionContext,
        Dictionary<string, object>? environmentVariables = null,
        CancellationToken cancellationToken = default)
    {
        ExecutionContext = executionContext;
        EnvironmentVariables = environmentVariables ?? [];
        CancellationToken = cancellationToken;
    }

    public EnvironmentCallbackContext(
        DistributedApplicationExecutionContext executionContext,
        IResource resource,
        Dictionary<string, object>? environmentVariables = null,
        CancellationToken cancellationToken = default)
        : this(executionContext, environmentVariables, cancellationToken)
        => _resource = resource;

    /// <summary>By name: a string, or anything that is a value when the resource starts.</summary>
    public Dictionary<string, object> EnvironmentVariables { get; }

    public CancellationToken CancellationToken { get; }

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public ILogger Logger { get; set; } = NullLogger.Instance;

    public IResource Resource => _resource ?? throw new InvalidOperationException("This context belongs to no resource.");
}

/// <summary>What a callback for arguments may use and change.</summary>
public sealed class CommandLineArgsCallbackContext
{
    private readonly IResource? _resource;

    public CommandLineArgsCallbackContext(IList<object> args, CancellationToken cancellationToken = default)
    {
        Args = args;
        CancellationToken = cancellationToken;
    }

    public CommandLineArgsCallbackContext(IList<object> args, IResource resource, CancellationToken cancellationToken = default)
        : this(args, cancellationToken)
        => _resource = resource;

    /// <summary>Strings, or anything that is a value when the resource starts.</summary>
    public IList<object> Args { get; }

    public CancellationToken CancellationToken { get; }

    public DistributedApplicationExecutionContext ExecutionContext { get; init; } = new(DistributedApplicationOperation.Run);

    public ILogger Logger { get; init; } = NullLogger.Instance;

    public IResource Resource => _resource ?? throw new InvalidOperationException("This context belongs to no resource.");
}
