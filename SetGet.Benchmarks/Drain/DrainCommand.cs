using System.CommandLine;
using SetGet.Benchmarks.Processes;
using SetGet.Benchmarks.Reports;
using SetGet.Benchmarks.Set;
using Spectre.Console;

namespace SetGet.Benchmarks.Drain;

/// <summary><c>drain</c>: how fast what waits in the queue gets into Redis, beside two consumers made by hand and the limit.</summary>
internal static class DrainCommand
{
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds of each consumer.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Count = new("--messages") { Description = "Messages a round.", DefaultValueFactory = _ => 100_000 };

    internal static Command Create()
    {
        var command = new Command(
            "drain", "The worker against Node (sqs-consumer, ioredis), Python (boto3, redis-py), and receiving alone; same local SQS and redis-server.")
        { Rounds, Count };
        command.SetAction((options, cancellationToken) => RunAsync(options.GetValue(Rounds), options.GetValue(Count), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int rounds, int messages, CancellationToken cancellationToken)
    {
        using var backbone = await Backbone.StartAsync(cancellationToken);
        var backlog = new Backlog(backbone, backbone.Redis);
        var ours = Consumers.Worker(backbone);
        List<DrainPeer> peers = [new("drain-limit", Goal.AtLeast(0.8), Consumers.Bare(backbone), ours)];
        await AddAsync(peers, "drain-python", Goal.AtLeast(8), ours, Consumers.PythonAsync(backbone, cancellationToken));
        await AddAsync(peers, "drain", Goal.AtLeast(3), ours, Consumers.NodeAsync(backbone, cancellationToken));
        await Interleaved.RunAsync("drain", rounds + 1, [ours, .. peers.Select(peer => peer.Consumer)], async (consumer, round) =>
        {
            // The first round warms the servers up, with fewer messages: each consumer begins cold anyway.
            var rate = await backlog.DrainAsync(consumer, round == 0 ? messages / 5 : messages, Messages.UnderOneKey, cancellationToken);
            if (round > 0) peers.ForEach(peer => peer.Add(consumer, rate));
        });
        foreach (var peer in peers) peer.Report(messages);
    }

    // What the machine has not got is passed over by name, and the rest is measured.
    private static async Task AddAsync(List<DrainPeer> peers, string section, Goal goal, Consumer ours, Task<Consumer> starting)
    {
        try
        {
            peers.Add(new DrainPeer(section, goal, await starting, ours));
        }
        catch (MissingToolException missing)
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]{section} is passed over: {missing.Message}[/]");
        }
    }
}
