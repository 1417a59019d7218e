using System.CommandLine;

namespace Aws.Lambda;

/// <summary>The part of the command line that declares a function and its event source mapping.</summary>
internal static class LambdaCommand
{
    private static readonly Option<int?> Port = new("--lambda-port")
    {
        Description = "Loopback port of Lambda's Runtime API, for a function that --lambda-queue invokes. Without it there is none.",
    };

    private static readonly Option<string?> Queue = new("--lambda-queue") { Description = "Name of the queue whose messages invoke the function." };

    private static readonly Option<int> BatchSize = new("--lambda-batch-size")
    {
        Description = "Messages of one invocation at most.",
        DefaultValueFactory = _ => 10,
    };

    private static readonly Option<int> BatchWindow = new("--lambda-batch-window")
    {
        Description = "Seconds that messages are gathered for one invocation.",
    };

    private static readonly Option<int> MaximumConcurrency = new("--lambda-maximum-concurrency")
    {
        Description = "Invocations at once.",
        DefaultValueFactory = _ => 1000,
    };

    private static readonly Option<int> Timeout = new("--lambda-timeout")
    {
        Description = "Seconds that an invocation may take; at most the queue's visibility timeout.",
        DefaultValueFactory = _ => 30,
    };

    public static IReadOnlyList<Option> Options { get; } = [Port, Queue, BatchSize, BatchWindow, MaximumConcurrency, Timeout];

    /// <summary>Null where the command line names no port of the Runtime API.</summary>
    public static LambdaOptions? Read(ParseResult result) => result.GetValue(Port) is not { } port ? null : new LambdaOptions
    {
        Port = port,
        Queue = result.GetValue(Queue) ?? throw new LambdaException("--lambda-port needs --lambda-queue: the name of the queue that invokes the function."),
        BatchSize = result.GetValue(BatchSize),
        BatchWindow = TimeSpan.FromSeconds(result.GetValue(BatchWindow)),
        MaximumConcurrency = result.GetValue(MaximumConcurrency),
        Timeout = TimeSpan.FromSeconds(result.GetValue(Timeout)),
    };
}
