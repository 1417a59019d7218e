using System.CommandLine;
using SetGet.Benchmarks.Http;
using SetGet.Benchmarks.Processes;
using SetGet.Benchmarks.Reports;

namespace SetGet.Benchmarks.Get;

/// <summary><c>latency</c>: how long a Get takes at a constant rate, against a bare HTTP front of Redis.</summary>
internal static class LatencyCommand
{
    /// <summary>A rate that leaves both some room: beyond it a queue is measured.</summary>
    private const double Share = 0.5;

    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds of each server.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "Seconds a round.", DefaultValueFactory = _ => 4 };
    private static readonly Option<int> Connections = new("--connections") { Description = "Connections.", DefaultValueFactory = _ => 64 };

    internal static Command Create()
    {
        var command = new Command("latency", "GET /get/{webhookKey} at half of webdis's highest rate, against webdis.") { Rounds, Seconds, Connections };
        command.SetAction((options, cancellationToken) => RunAsync(
            options.GetValue(Rounds), options.GetValue(Seconds), options.GetValue(Connections), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int rounds, int seconds, int connections, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux()) throw new MissingToolException("This benchmark needs Linux: its load waits by ppoll, to the microsecond.");
        var sample = StoredSample.OneKilobyte;
        using var stack = await ReadStack.StartAsync(cancellationToken);
        var webdis = (await stack.AddWebdisAsync(cancellationToken)).Target(sample);
        var api = (await stack.AddApiAsync("SetGet.Api", cancellationToken)).Target(sample);
        await stack.CheckAsync(sample, cancellationToken, api, webdis);
        // Both warm up, and webdis says what it can.
        await Wrk.RunAsync(api, connections, Math.Max(seconds, 4), cancellationToken);
        var rate = Share * (await Wrk.RunAsync(webdis, connections, seconds, cancellationToken)).RequestsPerSecond;

        var last = new Comparison("99th percentile", "ms", api.Name, webdis.Name, Goal.AtMost(1.0));
        var median = new Comparison("median", "ms", api.Name, webdis.Name);
        var cost = new Comparison("processor time of the server", "µs/request", api.Name, webdis.Name);
        await Interleaved.RunAsync("latency", rounds + 1, [api, webdis], async (target, round) =>
        {
            var measured = await PacedLoad.RunAsync(target, connections, rate, seconds, cancellationToken);
            // The first round warms up the load as well.
            if (round == 0) return;
            last.Add(target.Name, measured.Percentile99);
            median.Add(target.Name, measured.Median);
            cost.Add(target.Name, measured.ProcessorMicroseconds);
        });
        Report.Write(
            "get-latency",
            $"Get, how long it takes: an event of {sample.Size}, {rate:N0} requests/s, half of webdis's highest rate, {connections} connections, {seconds} s a round; "
            + "the time counts from when a request was due",
            [last, median, cost]);
    }
}
