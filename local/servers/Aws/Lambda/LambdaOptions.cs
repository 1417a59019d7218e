namespace Aws.Lambda;

/// <summary>One function with its SQS event source mapping, as <c>AWS::Lambda::EventSourceMapping</c> declares it.</summary>
internal sealed record LambdaOptions
{
    /// <summary>Loopback port of the Runtime API; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>Name of the queue that invokes the function.</summary>
    public required string Queue { get; init; }

    public string FunctionName { get; init; } = "function";

    /// <summary>Messages of one invocation at most: 1 to 10, or to 10,000 with a window.</summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>How long messages are gathered for one invocation, 0 to 300 seconds.</summary>
    public TimeSpan BatchWindow { get; init; }

    /// <summary>Invocations at once, 2 to 1,000. A runtime takes one at a time: there are never more than runtimes.</summary>
    public int MaximumConcurrency { get; init; } = 1000;

    /// <summary>How long one invocation may take, 1 to 900 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What is wrong, as Lambda would refuse it; null where nothing is.</summary>
    public string? Fault() => this switch
    {
        { BatchSize: < 1 or > 10_000 } => $"The batch size is {BatchSize}: it must be 1 to 10000.",
        { BatchSize: > 10 } when BatchWindow < TimeSpan.FromSeconds(1)
            => $"The batch size is {BatchSize}: above 10 the batch window must be at least 1 second.",
        _ when BatchWindow < TimeSpan.Zero || BatchWindow > TimeSpan.FromSeconds(300) => "The batch window must be 0 to 300 seconds.",
        { MaximumConcurrency: < 2 or > 1000 } => $"The maximum concurrency is {MaximumConcurrency}: it must be 2 to 1000.",
        _ when Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromSeconds(900) => "The timeout must be 1 to 900 seconds.",
        _ => null,
    };
}

/// <summary>The function or its mapping cannot be played as declared; the message says what to change.</summary>
internal sealed class LambdaException(string message) : Exception(message);
