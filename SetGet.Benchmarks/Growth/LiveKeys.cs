using System.Globalization;
using SetGet.Benchmarks.Latency;
using SetGet.Benchmarks.Reports;
using SetGet.Benchmarks.Scale;
using SetGet.Benchmarks.Set;
using Spectre.Console;

namespace SetGet.Benchmarks.Growth;

/// <summary><c>GET</c> of any of the keys of a Redis that holds few, and of one that holds many.</summary>
internal static class LiveKeys
{
    /// <summary>What a key may take in Redis, as long as no smaller store has shown it; and what the rest of the machine needs.</summary>
    private const long BytesOfAKey = 2000, BytesOfTheRest = 2L << 30;

    /// <summary>Redis' tables double when they are full, and pages are not used to their end.</summary>
    private const double Slack = 1.25;

    internal static async Task RunAsync(Backbone backbone, int rounds, int seconds, IReadOnlyList<long> sizes, CancellationToken cancellationToken)
    {
        var loads = new List<KeyLoad>();
        var bytes = BytesOfAKey;
        try
        {
            foreach (var keys in sizes.Order())
            {
                var (needed, available) = ((long)(keys * bytes * Slack) + BytesOfTheRest, await AvailableAsync(cancellationToken));
                if (needed > available)
                {
                    AnsiConsole.MarkupLineInterpolated(
                        $"[yellow]{keys:N0} live keys are passed over: they need {needed >> 20:N0} MB of memory, and {available >> 20:N0} MB are available.[/]");
                    continue;
                }

                loads.Add(await FillAsync(backbone, keys, cancellationToken));
                bytes = await loads[^1].Redis.InfoAsync("memory", "used_memory") / keys;
                AnsiConsole.MarkupLineInterpolated($"{keys:N0} live keys take {bytes:N0} bytes each");
            }

            var names = loads.ConvertAll(load => load.Name);
            var (rate, api, redis) = (
                new Ladder("GET of any", "requests/s", names, Goal.AtLeast(0.9)), new Ladder("processor time of the API", "µs/request", names),
                new Ladder("of redis-server", "µs/request", names));
            await Interleaved.RunAsync("growth: live keys", rounds + GrowthCommand.WarmUpRounds, loads, async (load, round) =>
            {
                var read = await load.RunAsync(seconds, cancellationToken);
                if (round < GrowthCommand.WarmUpRounds) return;
                rate.Add(load.Name, read.PerSecond);
                api.Add(load.Name, read.Api);
                redis.Add(load.Name, read.Redis);
            });
            Report.Write(
                "growth-live", $"Live keys: small events, a random key with each request, {seconds} s a round", [.. rate.Comparisons, .. api.Comparisons, .. redis.Comparisons]);
        }
        finally
        {
            foreach (var load in loads)
            {
                load.Api.Dispose();
                load.Redis.Dispose();
            }
        }
    }

    private static async Task<KeyLoad> FillAsync(Backbone backbone, long keys, CancellationToken cancellationToken)
    {
        var redis = await RedisNodes.StartOneAsync(backbone.Folder, cancellationToken);
        try
        {
            await StoreFiller.FillAsync(redis, keys, cancellationToken);
            var environment = new Dictionary<string, string> { ["ConnectionStrings__redis"] = redis.Address };
            return new KeyLoad($"{keys:N0} keys", await EventApi.StartAsync(backbone, environment, cancellationToken), redis, keys);
        }
        catch
        {
            redis.Dispose();
            throw;
        }
    }

    // Where the system does not say it, there is as much as is needed.
    private static async Task<long> AvailableAsync(CancellationToken cancellationToken)
    {
        const string Info = "/proc/meminfo", Available = "MemAvailable:";
        if (!File.Exists(Info)) return long.MaxValue;
        var line = (await File.ReadAllLinesAsync(Info, cancellationToken)).First(each => each.StartsWith(Available, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(Available.Length).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) << 10;
    }
}
