using SetGet.Benchmarks.Drain;
using SetGet.Benchmarks.Http;
using SetGet.Benchmarks.Latency;
using SetGet.Benchmarks.Reports;
using SetGet.Benchmarks.Scale;
using SetGet.Benchmarks.Set;

namespace SetGet.Benchmarks.Growth;

/// <summary>One event under 1, 10, 100 and 1,000 webhook keys: what a key costs.</summary>
internal static class KeysOfAnEvent
{
    private const int Connections = 32;

    /// <summary>With fewer, all of them are in the worker's hands before half of them are gone.</summary>
    private const int FewestMessages = 100;

    private static readonly int[] Counts = [1, 10, 100, 1000];

    // By default an event has fewer.
    private static readonly Dictionary<string, string> Unlimited = new() { ["SetGet__Limits__MaxKeysPerEvent"] = $"{Counts[^1]}" };

    internal static async Task RunAsync(Backbone backbone, int rounds, int seconds, int keys, CancellationToken cancellationToken)
    {
        var names = Array.ConvertAll(Counts, count => count == 1 ? "1 key" : $"{count:N0} keys");
        var (time, worker, redis) = (Each("time to store", Goal.AtMost(1)), Each("processor time of the worker"), Each("processor time of redis-server"));
        var (accepting, api) = (Each("time of POST /set"), Each("processor time of the API"));
        var backlog = new Backlog(backbone, backbone.Redis);
        using var setApi = await EventApi.StartAsync(backbone, Unlimited, cancellationToken);
        await Interleaved.RunAsync("growth: keys of an event", rounds + 1, Counts, async (count, round) =>
        {
            var name = names[Array.IndexOf(Counts, count)];
            await backbone.PurgeAsync();
            var set = await Wrk.RunAsync(Target(setApi, name, count), Connections, seconds, cancellationToken);
            var rate = await backlog.DrainAsync(
                Consumers.Worker(backbone, name, environment: Unlimited), Math.Max(keys / count, FewestMessages), Messages.UnderKeys(count), cancellationToken);
            // The first round warms up.
            if (round == 0) return;
            time.Add(name, 1e6 / rate.PerSecond / count);
            worker.Add(name, rate.Consumer / count);
            redis.Add(name, rate.Redis / count);
            accepting.Add(name, 1e6 / set.RequestsPerSecond / count);
            api.Add(name, set.ProcessorMicroseconds / count);
        });
        Report.Write(
            "growth-keys",
            $"Keys of an event: {keys:N0} keys are written a round, by events of 1 KB that have as many each; POST /set on {Connections} connections. In proportion is 1",
            [.. time.Comparisons, .. worker.Comparisons, .. redis.Comparisons, .. accepting.Comparisons, .. api.Comparisons]);

        Ladder Each(string figure, Goal? goal = null) => new(figure, "µs/key", names, goal);
    }

    private static HttpTarget Target(EventApi api, string name, int count)
    {
        var keys = string.Join("\",\"", Enumerable.Range(0, count).Select(i => $"order-{i}"));
        return new HttpTarget(
            name, api.Server, api.Url + "/set", "X-Api-Key: " + Backbone.RootKey, SetStack.SetBody.Replace("\"order-1\"", $"\"{keys}\"", StringComparison.Ordinal));
    }
}
