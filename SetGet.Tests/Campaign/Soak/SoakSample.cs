using System.Globalization;
using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign.Soak;

/// <summary>What everything holds at one moment.</summary>
internal sealed record SoakSample(
    DateTimeOffset At, long Sent, long Failed, IReadOnlyDictionary<string, ProcessFigures> Parts, long RedisBytes, long RedisKeys, long Records, long Clients)
{
    internal static async Task<SoakSample> TakeAsync(World world, SteadyLoad load, CancellationToken cancellationToken)
    {
        var redis = world.Redis.Nodes[0];
        var info = (await redis.AskAsync(cancellationToken, "INFO")).Split('\n').Select(line => line.TrimEnd('\r').Split(':', 2)).Where(each => each.Length == 2)
            .ToDictionary(each => each[0], each => each[1], StringComparer.Ordinal);
        var records = 0L;
        foreach (var key in SteadyLoad.Keys) records += Number(await redis.AskAsync(cancellationToken, "ZCARD", $"sg:{{acme/{key}}}:x"));
        return new SoakSample(
            TimeProvider.System.GetUtcNow(), load.Sent, load.Failed, world.Parts.ToDictionary(part => part.Name, ProcessFigures.Of, StringComparer.Ordinal),
            Number(info["used_memory"]), Number(await redis.AskAsync(cancellationToken, "DBSIZE")), records, Number(info["connected_clients"]));
    }

    internal static string Header(World world)
    {
        var names = world.Parts.Select(part => part.Name).ToList();
        return $"| UTC | events | {string.Join(" | ", names.Select(name => name + " MB/handles/threads"))} | Redis MB | keys | records | clients |\n|---|---:|{string.Concat(names.Select(_ => "---|"))}---:|---:|---:|---:|";
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {At:HH:mm} | {Sent:N0} | {string.Join(" | ", Parts.Values.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Memory:0}/{each.Handles}/{each.Threads}")))} | {RedisBytes / 1048576.0:0.0} | {RedisKeys:N0} | {Records:N0} | {Clients} |");

    private static long Number(string text) => long.Parse(text.Trim(), CultureInfo.InvariantCulture);
}
