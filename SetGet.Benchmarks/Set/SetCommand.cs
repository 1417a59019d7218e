using System.CommandLine;
using SetGet.Benchmarks.Http;
using SetGet.Benchmarks.Reports;

namespace SetGet.Benchmarks.Set;

/// <summary><c>set</c>: accepting beside a server made by hand, through the API and through the gateway. <c>rules</c>: with key rules and without.</summary>
internal static class SetCommand
{
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds of each server.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "Seconds a round.", DefaultValueFactory = _ => 4 };
    private static readonly Option<int> Connections = new("--connections") { Description = "Connections.", DefaultValueFactory = _ => 32 };

    internal static Command CreateSet()
    {
        var command = new Command("set", "POST /set, durable, through API and gateway, against Node on the same local SQS.") { Rounds, Seconds, Connections };
        command.SetAction((options, cancellationToken) => SetAsync(
            options.GetValue(Rounds), options.GetValue(Seconds), options.GetValue(Connections), cancellationToken));
        return command;
    }

    internal static Command CreateRules()
    {
        var command = new Command("rules", "POST /hooks with three key rules over 1 KB, against the same without.") { Rounds, Seconds, Connections };
        command.SetAction((options, cancellationToken) => RulesAsync(
            options.GetValue(Rounds), options.GetValue(Seconds), options.GetValue(Connections), cancellationToken));
        return command;
    }

    private static async Task SetAsync(int rounds, int seconds, int connections, CancellationToken cancellationToken)
    {
        using var stack = await SetStack.StartAsync(cancellationToken);
        var node = await stack.AddNodeAsync(cancellationToken);
        var api = stack.Api("SetGet.Api", "/set", SetStack.SetBody);
        var comparisons = await HttpComparison.RunAsync("Set accepted", "set", api, node, rounds, seconds, connections, cancellationToken, stack.PurgeAsync, Goal.AtLeast(4));
        Report.Write("set", $"Set: 1 KB, durable in the local SQS, {connections} connections, wrk, {seconds} s a round", comparisons);
        var gateway = stack.Gateway();
        comparisons = await HttpComparison.RunAsync(
            "Set accepted", "set through the gateway", gateway, node, rounds, seconds, connections, cancellationToken, stack.PurgeAsync, Goal.AtLeast(1.5));
        // What the gateway costs is not apart from what SQS costs: they are one process.
        Report.Write("set-gateway", "Set through the local gateway: the same load", comparisons[..1]);
    }

    private static async Task RulesAsync(int rounds, int seconds, int connections, CancellationToken cancellationToken)
    {
        using var stack = await SetStack.StartAsync(cancellationToken);
        await stack.SetRulesAsync("ruled", ["order-{/id}", "customer:{/customer/id}", "{/type}"], cancellationToken);
        var with = stack.Api("three rules", "/hooks/acme/ruled/order-1", SetStack.Data);
        // As many keys: what is compared is how they are found.
        var without = stack.Api("three keys in the URL", "/hooks/acme/plain/order-1?key=order-ord_1029384756,customer:cus_48213,order.created", SetStack.Data);
        var comparisons = await HttpComparison.RunAsync("webhooks accepted", "rules", with, without, rounds, seconds, connections, cancellationToken, stack.PurgeAsync);
        Report.Write("rules", $"Key rules: a webhook of 1 KB, {connections} connections, wrk, {seconds} s a round", comparisons);
    }
}
