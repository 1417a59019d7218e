using System.CommandLine;
using SetGet.Benchmarks.Http;
using SetGet.Benchmarks.Reports;

namespace SetGet.Benchmarks.Get;

/// <summary><c>get</c>: the Get path against a bare HTTP front of Redis. <c>telemetry</c>: with and without telemetry.</summary>
internal static class GetCommand
{
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds of each server.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "Seconds a round.", DefaultValueFactory = _ => 4 };
    private static readonly Option<int> Connections = new("--connections") { Description = "Connections.", DefaultValueFactory = _ => 32 };

    internal static Command CreateGet()
    {
        var command = new Command("get", "GET /get/{webhookKey} against webdis, on the same redis-server.") { Rounds, Seconds, Connections };
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
        using var stack = await ReadStack.StartAsync(cancellationToken);
        var api = await stack.AddApiAsync("SetGet.Api", cancellationToken);
        var peer = await stack.AddWebdisAsync(cancellationToken);
        var comparisons = await CompareAsync(stack, "get", api, peer, rounds, seconds, connections, cancellationToken);
        Report.Write("get", $"Get: one event of {ReadStack.Data.Length} bytes, {connections} connections, wrk, {seconds} s a round", comparisons);
    }

    private static async Task TelemetryAsync(int rounds, int seconds, int connections, CancellationToken cancellationToken)
    {
        await using var collector = await Collector.StartAsync(cancellationToken);
        using var stack = await ReadStack.StartAsync(cancellationToken);
        var with = await stack.AddApiAsync("with telemetry", cancellationToken, collector.Environment);
        var without = await stack.AddApiAsync("without", cancellationToken);
        var comparisons = await CompareAsync(stack, "telemetry", with, without, rounds, seconds, connections, cancellationToken);
        if (!collector.HasReceivedAllSignals)
            throw new InvalidOperationException("The collector has not received traces, metrics and logs: nothing was measured.");
        Report.Write(
            "telemetry", $"Telemetry: Get with metrics of every request, and traces within the budget (docs/telemetry.md), over OTLP, {connections} connections, wrk, {seconds} s a round", comparisons);
    }

    private static async Task<Comparison[]> CompareAsync(
        ReadStack stack,
        string name,
        HttpTarget first,
        HttpTarget second,
        int rounds,
        int seconds,
        int connections,
        CancellationToken cancellationToken)
    {
        await stack.CheckAsync(first, cancellationToken);
        await stack.CheckAsync(second, cancellationToken);
        return await HttpComparison.RunAsync("GET of one event", name, first, second, rounds, seconds, connections, cancellationToken);
    }
}
