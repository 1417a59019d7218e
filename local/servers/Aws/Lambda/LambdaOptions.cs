namespace Aws.Lambda;

/// <summary>One function with its SQS event source mapping, as <c>AWS::Lambda::EventSourceMapping</c> declares it.</summary>
internal sealed record LambdaOptions
{
    /// <summary>Loopback port of the Runtime API; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>Name of the queue that invokes the function.</summary>
    public required string Queue { get; init; }

    public string FunctionName { get; init; } = "function";

    /// <summary>Messages of one invocation at most: 1 to 10. Lambda takes more where it gathers them for a while, which is not played here.</summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>How long one invocation may take, 1 to 900 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What is wrong, as Lambda would refuse it; null where nothing is.</summary>
    public string? Fault() => this switch
    {
        { BatchSize: < 1 or > 10 } => $"The batch size is {BatchSize}: it must be 1 to 10, more needs a batch window, which is not played here.",
        _ when Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromSeconds(900) => "The timeout must be 1 to 900 seconds.",
        _ => null,
    };
}

/// <summary>The function or its mapping cannot be played as declared; the message says what to change.</summary>
internal sealed class LambdaException(string message) : Exception(message);
