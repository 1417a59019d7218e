using System.CommandLine;
using SetGet.Benchmarks.Peers;
using SetGet.Benchmarks.Processes;
using SetGet.Benchmarks.Reports;

namespace SetGet.Benchmarks.Set;

/// <summary><c>drain</c>: how fast what waits in the queue gets into Redis.</summary>
internal static class DrainCommand
{
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds of each consumer.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Messages = new("--messages") { Description = "Messages a round.", DefaultValueFactory = _ => 20_000 };

    internal static Command Create()
    {
        var command = new Command("drain", "The worker against sqs-consumer and ioredis, on the same local SQS and redis-server.") { Rounds, Messages };
        command.SetAction((options, cancellationToken) => RunAsync(options.GetValue(Rounds), options.GetValue(Messages), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int rounds, int messages, CancellationToken cancellationToken)
    {
        using var backbone = await Backbone.StartAsync(cancellationToken);
        var script = await NodePeer.ScriptAsync("drain.mjs", cancellationToken);
        var backlog = new Backlog(backbone, messages);
        Consumer ours = new("SetGet.Worker", url => Server.StartAsync(
            "dotnet", [Repository.Assembly("SetGet.Worker")], Server.Answers(backbone.Http, url + "/alive"), cancellationToken,
            new Dictionary<string, string>(backbone.Environment) { ["ASPNETCORE_URLS"] = url }));
        Consumer peer = new("4 x sqs-consumer, ioredis", url => Server.StartAsync(
            NodePeer.Node(), [script, $"{new Uri(url).Port}", backbone.SqsUrl, backbone.QueueUrl, backbone.RedisAddress],
            Server.Answers(backbone.Http, url), cancellationToken, new Dictionary<string, string> { ["NODE_ENV"] = "production" }));
        var rate = new Comparison("messages into Redis", "messages/s", ours.Name, peer.Name);
        var cost = new Comparison("processor time of the consumer", "µs/message", ours.Name, peer.Name);
        await Interleaved.RunAsync("drain", rounds + 1, [ours, peer], async (consumer, round) =>
        {
            var (perSecond, microseconds) = await backlog.DrainAsync(consumer, cancellationToken);
            // The first round warms the servers up; each consumer begins cold, and half of its messages warm it.
            if (round == 0) return;
            rate.Add(consumer.Name, perSecond);
            cost.Add(consumer.Name, microseconds);
        });
        Report.Write("drain", $"Drain: {messages:N0} messages of 1 KB, each under a key of its own of 5,000; the second half of them counts", [rate, cost]);
    }
}

/// <summary>What takes messages out of the queue: started for a round, and ended after it.</summary>
internal sealed record Consumer(string Name, Func<string, Task<Server>> StartAsync);
