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
    /// <summary>What a key takes in Redis, at most; and what the rest of the machine needs.</summary>
    private const long BytesOfAKey = 2000, BytesOfTheRest = 2L << 30;

    internal static async Task RunAsync(Backbone backbone, int rounds, int seconds, IReadOnlyList<long> sizes, CancellationToken cancellationToken)
    {
        var loads = new List<KeyLoad>();
        try
        {
            foreach (var keys in sizes.Order())
                if (await TryAddAsync(loads, backbone, keys, cancellationToken) is { } missing)
                    AnsiConsole.MarkupLineInterpolated($"[yellow]{keys:N0} live keys are passed over: {missing}[/]");
            var names = loads.ConvertAll(load => load.Name);
            var (rate, api, redis) = (
                new Ladder("GET of any (goal: 0.9 to 1.1)", "requests/s", names), new Ladder("processor time of the API", "µs/request", names),
                new Ladder("of redis-server", "µs/request", names));
            await Interleaved.RunAsync("growth: live keys", rounds + 1, loads, async (load, round) =>
            {
                var read = await load.RunAsync(seconds, cancellationToken);
                // The first round warms up.
                if (round == 0) return;
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

    // Answers why not, where it could not be.
    private static async Task<string?> TryAddAsync(List<KeyLoad> loads, Backbone backbone, long keys, CancellationToken cancellationToken)
    {
        var (needed, available) = ((keys * BytesOfAKey) + BytesOfTheRest, await AvailableAsync(cancellationToken));
        if (needed > available) return $"they need up to {needed >> 20:N0} MB of memory, and {available >> 20:N0} MB are available.";
        var redis = await RedisNodes.StartOneAsync(backbone.Folder, cancellationToken);
        try
        {
            await StoreFiller.FillAsync(redis, keys, cancellationToken);
            var bytes = await redis.InfoAsync("memory", "used_memory") / keys;
            AnsiConsole.MarkupLineInterpolated($"{keys:N0} live keys take {bytes:N0} bytes each");
            var environment = new Dictionary<string, string> { ["ConnectionStrings__redis"] = redis.Address };
            loads.Add(new KeyLoad($"{keys:N0} keys", await EventApi.StartAsync(backbone, environment, cancellationToken), redis, keys));
            return null;
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
