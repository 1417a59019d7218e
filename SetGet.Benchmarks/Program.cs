using System.CommandLine;
using SetGet.Benchmarks.Drain;
using SetGet.Benchmarks.Get;
using SetGet.Benchmarks.Growth;
using SetGet.Benchmarks.Latency;
using SetGet.Benchmarks.Scale;
using SetGet.Benchmarks.Set;
using SetGet.Benchmarks.Simulate;
using SetGet.Benchmarks.Sqs;

var root = new RootCommand("Compares SetGet with its peers on this machine, interleaved in one run, as ratios.")
{
    SqsCommand.Create(),
    SetCommand.CreateSet(),
    SetCommand.CreateRules(),
    DrainCommand.Create(),
    GetCommand.CreateGet(),
    GetCommand.CreateTelemetry(),
    CallsCommand.Create(),
    LatencyCommand.Create(),
    ScaleCommand.Create(),
    ClusterCommand.Create(),
    GrowthCommand.Create(),
    SimulateCommand.Create(),
    BareConsumer.Create(),
};
return await root.Parse(args).InvokeAsync();
