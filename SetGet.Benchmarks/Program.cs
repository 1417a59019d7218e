using System.CommandLine;
using SetGet.Benchmarks.All;
using SetGet.Benchmarks.Drain;
using SetGet.Benchmarks.Get;
using SetGet.Benchmarks.Growth;
using SetGet.Benchmarks.Http;
using SetGet.Benchmarks.Lambda;
using SetGet.Benchmarks.Latency;
using SetGet.Benchmarks.Processes;
using SetGet.Benchmarks.Scale;
using SetGet.Benchmarks.Service;
using SetGet.Benchmarks.Set;
using SetGet.Benchmarks.Simulate;
using SetGet.Benchmarks.Sqs;

if (PlainServer.IsAskedFor(args)) return await PlainServer.RunAsync(args);

var root = new RootCommand("Compares SetGet with its peers on this machine, interleaved in one run, as ratios.")
{
    SqsCommand.Create(),
    SetCommand.CreateSet(),
    SetCommand.CreateRules(),
    DrainCommand.Create(),
    GetCommand.CreateGet(),
    GetCommand.CreateTelemetry(),
    LatencyCommand.Create(),
    LargeCommand.Create(),
    CallsCommand.Create(),
    ArrivalCommand.Create(),
    ScaleCommand.Create(),
    ClusterCommand.Create(),
    GrowthCommand.Create(),
    MemoryCommand.Create(),
    StartCommand.Create(),
    LambdaCommand.Create(),
    SimulateCommand.Create(),
    BareConsumer.Create(),
    AllCommand.CreatePage(),
};
root.Add(AllCommand.Create(root));
try
{
    // Ctrl+C: what a benchmark started has to end too, an app host among it.
    var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
    return await root.Parse(args).InvokeAsync(invocation);
}
catch (MissingToolException missing)
{
    await Console.Error.WriteLineAsync(missing.Message);
    return 2;
}
catch (OperationCanceledException)
{
    return 130;
}
