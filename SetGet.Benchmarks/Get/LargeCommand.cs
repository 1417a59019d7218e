using System.CommandLine;
using SetGet.Benchmarks.Http;
using SetGet.Benchmarks.Reports;

namespace SetGet.Benchmarks.Get;

/// <summary><c>large</c>: the Get path with large events against a bare HTTP front of Redis.</summary>
internal static class LargeCommand
{
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds of each server.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "Seconds a round.", DefaultValueFactory = _ => 4 };
    private static readonly Option<int> Connections = new("--connections") { Description = "Connections.", DefaultValueFactory = _ => 16 };

    internal static Command Create()
    {
        var command = new Command("large", "GET /get/{webhookKey} of 64 KB and of 1 MB against webdis, on the same redis-server.") { Rounds, Seconds, Connections };
        command.SetAction((options, cancellationToken) => RunAsync(
            options.GetValue(Rounds), options.GetValue(Seconds), options.GetValue(Connections), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int rounds, int seconds, int connections, CancellationToken cancellationToken)
    {
        using var stack = await ReadStack.StartAsync(cancellationToken);
        var webdis = await stack.AddWebdisAsync(cancellationToken);
        var api = await stack.AddApiAsync("SetGet.Api", cancellationToken);
        var comparisons = new List<Comparison>();
        foreach (var sample in (StoredSample[])[StoredSample.SixtyFourKilobytes, StoredSample.OneMegabyte])
        {
            var (first, second) = (api.Target(sample), webdis.Target(sample));
            await stack.CheckAsync(sample, cancellationToken, first, second);
            comparisons.AddRange(await HttpComparison.RunAsync(
                $"GET of {sample.Size}", $"large, {sample.Size}", first, second, rounds, seconds, connections, cancellationToken, goal: Goal.AtLeast(1.0)));
        }

        Report.Write("get-large", $"Get of large events: {connections} connections, wrk, {seconds} s a round", comparisons);
    }
}
