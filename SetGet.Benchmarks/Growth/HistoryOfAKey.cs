using SetGet.Benchmarks.Drain;
using SetGet.Benchmarks.Http;
using SetGet.Benchmarks.Latency;
using SetGet.Benchmarks.Reports;
using SetGet.Benchmarks.Scale;
using SetGet.Benchmarks.Set;

namespace SetGet.Benchmarks.Growth;

/// <summary><c>GET</c> of the newest event of keys under which 1, 10, 100 and 1,000 events are kept.</summary>
internal static class HistoryOfAKey
{
    private const int Connections = 32;
    private static readonly int[] Counts = [1, 10, 100, 1000];

    internal static async Task RunAsync(Backbone backbone, int rounds, int seconds, CancellationToken cancellationToken)
    {
        var names = Array.ConvertAll(Counts, count => count == 1 ? "1 event" : $"{count:N0} events");
        await FillAsync(backbone, cancellationToken);
        using var api = await EventApi.StartAsync(backbone, new Dictionary<string, string>(), cancellationToken);
        var (time, cost) = (new Ladder("GET of the newest", "requests/s", names, Goal.AtLeast(0.9)), new Ladder("processor time of the API", "µs/request", names));
        await Interleaved.RunAsync("growth: history of a key", rounds + GrowthCommand.WarmUpRounds, Counts, async (count, round) =>
        {
            var name = names[Array.IndexOf(Counts, count)];
            var target = new HttpTarget(name, api.Server, $"{api.Url}/get/history-{count}?account=acme", "X-Api-Key: " + Backbone.RootKey);
            var rate = await Wrk.RunAsync(target, Connections, seconds, cancellationToken);
            if (round < GrowthCommand.WarmUpRounds) return;
            time.Add(name, rate.RequestsPerSecond);
            cost.Add(name, rate.ProcessorMicroseconds);
        });
        Report.Write(
            "growth-history", $"History of a key: events of 1 KB, {Connections} connections, wrk, {seconds} s a round", [.. time.Comparisons, .. cost.Comparisons]);
    }

    // One event after the other to each key until it has its number.
    private static async Task FillAsync(Backbone backbone, CancellationToken cancellationToken)
    {
        var keys = Counts.SelectMany(count => Enumerable.Repeat($"history-{count}", count)).ToList();
        // A backlog has whole batches.
        while (keys.Count % 10 != 0) keys.Add("history-rest");
        await new Backlog(backbone, backbone.Redis).DrainAsync(Consumers.Worker(backbone), keys.Count, i => Messages.Under([keys[i]]), cancellationToken);
    }
}
