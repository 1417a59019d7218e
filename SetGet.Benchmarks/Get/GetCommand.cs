using System.CommandLine;
using SetGet.Benchmarks.Http;
using SetGet.Benchmarks.Reports;

namespace SetGet.Benchmarks.Get;

/// <summary>
/// <c>get</c>: the Get path against a bare HTTP front of Redis, and against the most that Kestrel can do. <c>telemetry</c>: with and without telemetry.
/// </summary>
internal static class GetCommand
{
    private const string Figure = "GET of one event";
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds of each server.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "Seconds a round.", DefaultValueFactory = _ => 4 };
    private static readonly Option<int> Connections = new("--connections") { Description = "Connections.", DefaultValueFactory = _ => 64 };

    internal static Command CreateGet()
    {
        var command = new Command("get", "GET /get/{webhookKey} against webdis, on the same redis-server, and against bare Kestrel.") { Rounds, Seconds, Connections };
        command.SetAction((options, cancellationToken) => GetAsync(
            options.GetValue(Rounds), options.GetValue(Seconds), options.GetValue(Connections), cancellationToken));
        return command;
    }

    internal static Command CreateTelemetry()
    {
        var command = new Command("telemetry", "GET /get/{webhookKey} with traces, metrics and logs, against none.") { Rounds, Seconds, Connections };
        command.SetAction((options, cancellationToken) => TelemetryAsync(
            options.GetValue(Rounds), options.GetValue(Seconds), options.GetValue(Connections), cancellationToken));
        return command;
    }

    private static async Task GetAsync(int rounds, int seconds, int connections, CancellationToken cancellationToken)
    {
        var sample = StoredSample.OneKilobyte;
        using var stack = await ReadStack.StartAsync(cancellationToken);
        var webdis = (await stack.AddWebdisAsync(cancellationToken)).Target(sample);
        var api = (await stack.AddApiAsync("SetGet.Api", cancellationToken)).Target(sample);
        var bare = await stack.AddBareAsync(api, cancellationToken);
        await stack.CheckAsync(sample, cancellationToken, api, webdis, bare);
        var rates = await HttpComparison.MeasureAsync("get", [api, webdis, bare], rounds, seconds, connections, cancellationToken);
        Report.Write("get", $"Get: {Load(sample, connections, seconds)}", HttpComparison.Compare(Figure, rates, api, webdis, Goal.AtLeast(1.2)));
        Report.Write(
            "get-limit",
            $"Get beside the limit: the same load; Kestrel without anything that writes the same headers and bytes from memory",
            HttpComparison.Compare(Figure, rates, api, bare, Goal.AtLeast(0.8)));
    }

    private static async Task TelemetryAsync(int rounds, int seconds, int connections, CancellationToken cancellationToken)
    {
        var sample = StoredSample.OneKilobyte;
        await using var collector = await Collector.StartAsync(cancellationToken);
        using var stack = await ReadStack.StartAsync(cancellationToken);
        var with = (await stack.AddApiAsync("with telemetry", cancellationToken, collector.Environment)).Target(sample);
        var without = (await stack.AddApiAsync("without", cancellationToken)).Target(sample);
        await stack.CheckAsync(sample, cancellationToken, with, without);
        var comparisons = await HttpComparison.RunAsync(Figure, "telemetry", with, without, rounds, seconds, connections, cancellationToken);
        if (!collector.HasReceivedAllSignals)
            throw new InvalidOperationException("The collector has not received traces, metrics and logs: nothing was measured.");
        Report.Write(
            "telemetry",
            $"Telemetry: Get with metrics of every request, and traces within the budget ([telemetry](telemetry.md)), over OTLP; {Load(sample, connections, seconds)}",
            comparisons);
    }

    private static string Load(StoredSample sample, int connections, int seconds) => $"an event of {sample.Size}, {connections} connections, wrk, {seconds} s a round";
}
