using System.CommandLine;
using SetGet.Benchmarks.Drain;
using SetGet.Benchmarks.Latency;
using SetGet.Benchmarks.Reports;
using SetGet.Benchmarks.Set;

namespace SetGet.Benchmarks.Scale;

/// <summary><c>cluster</c>: storing and reading on a cluster of three masters, against one redis-server.</summary>
internal static class ClusterCommand
{
    private const string One = "one redis-server", Three = "three masters";
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds of each.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Count = new("--messages") { Description = "Messages a round.", DefaultValueFactory = _ => 20_000 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "Seconds of reading a round.", DefaultValueFactory = _ => 4 };

    internal static Command Create()
    {
        var command = new Command("cluster", "Storing and reading on a cluster of three masters, against one redis-server, on this machine.")
        { Rounds, Count, Seconds };
        command.SetAction((options, cancellationToken) => RunAsync(
            options.GetValue(Rounds), options.GetValue(Count), options.GetValue(Seconds), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int rounds, int messages, int seconds, CancellationToken cancellationToken)
    {
        using var backbone = await Backbone.StartAsync(cancellationToken);
        using var cluster = await RedisNodes.StartClusterAsync(masters: 3, backbone.Folder, cancellationToken);
        using var oneApi = await EventApi.StartAsync(backbone, On(backbone.Redis), cancellationToken);
        using var threeApi = await EventApi.StartAsync(backbone, On(cluster), cancellationToken);
        KeyLoad[] stores = [new(Three, threeApi, cluster, Messages.Keys), new(One, oneApi, backbone.Redis, Messages.Keys)];
        var (stored, worker, storing) = (Of("messages stored", "messages/s"), Of("processor time of the worker", "µs/message"), Of("of redis-server", "µs/message"));
        var (read, api, reading) = (Of("GET of one event", "requests/s"), Of("processor time of the API", "µs/request"), Of("of redis-server", "µs/request"));
        await Interleaved.RunAsync("cluster", rounds + 1, stores, async (store, round) =>
        {
            var backlog = new Backlog(backbone, store.Redis);
            var drained = await backlog.DrainAsync(
                Consumers.Worker(backbone, store.Name, environment: On(store.Redis)), messages, Messages.UnderOneKey, cancellationToken);
            var got = await store.RunAsync(seconds, cancellationToken);
            // The first round warms up.
            if (round == 0) return;
            (Comparison Figure, double Value)[] figures =
                [(stored, drained.PerSecond), (worker, drained.Consumer), (storing, drained.Redis), (read, got.PerSecond), (api, got.Api), (reading, got.Redis)];
            foreach (var (figure, value) in figures) figure.Add(store.Name, value);
        });
        Report.Write(
            "cluster", $"Cluster: {messages:N0} messages of 1 KB a round, then reading for {seconds} s; all on this machine", [stored, worker, storing, read, api, reading]);

        static Comparison Of(string figure, string unit) => new(figure, unit, Three, One);
    }

    private static Dictionary<string, string> On(RedisNodes redis) => new() { ["ConnectionStrings__redis"] = redis.Address };
}
