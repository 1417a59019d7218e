using System.CommandLine;
using SetGet.Benchmarks.Sqs;

var root = new RootCommand("Compares SetGet with its peers on this machine, interleaved in one run, as ratios.")
{
    SqsCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
