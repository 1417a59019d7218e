namespace SetGet.Benchmarks.All;

/// <summary>The benchmarks that <c>all</c> runs, in this order. A new one joins by a line.</summary>
internal static class Plan
{
    internal static readonly PlannedRun[] Runs =
    [
        new("get", "--rounds 5 --seconds 2", 45, "--rounds 7 --seconds 6", 180, "redis-server", "wrk", "webdis"),
        new("latency", "--rounds 5 --seconds 3", 50, "--rounds 7 --seconds 8", 140, "redis-server", "wrk", "webdis"),
        new("large", "--rounds 5 --seconds 2", 60, "--rounds 7 --seconds 5", 180, "redis-server", "wrk", "webdis"),
        new("telemetry", "--rounds 5 --seconds 2", 40, "--rounds 7 --seconds 6", 110, "redis-server", "wrk"),
        new("set", "--rounds 5 --seconds 2", 70, "--rounds 7 --seconds 5", 200, "redis-server", "wrk", "npm"),
        new("rules", "--rounds 5 --seconds 2", 40, "--rounds 7 --seconds 5", 100, "redis-server", "wrk"),
        new("drain", "--rounds 2 --messages 20000", 100, "--rounds 5", 900, "redis-server", "npm"),
        new("calls", "--rounds 3 --seconds 4", 25, "--rounds 5", 70, "redis-server"),
        new("arrival", "--rounds 3 --seconds 4", 40, "--rounds 5", 130, "redis-server"),
        new("scale", "--rounds 1 --messages 3000", 60, "--rounds 5", 600, "redis-server"),
        new("cluster", "--rounds 1 --messages 5000 --seconds 2", 45, "--rounds 5", 240, "redis-server", "redis-cli"),
        new("growth", "--rounds 1 --seconds 1 --keys 20000 --live 10000 100000", 90, "--rounds 5", 900, "redis-server", "wrk"),
        new("sqs", "--rounds 3 --messages 10000", 40, "--rounds 7", 120, "npm"),
        new("sqs --peer-on-disk", "--rounds 3", 60, "--rounds 7", 80, "npm"),
        new("memory", "--rounds 1 --seconds 3", 90, "--rounds 5 --seconds 6", 600, "redis-server", "wrk"),
        new("start", "--rounds 2", 60, "--rounds 5", 150),
    ];
}

/// <summary>One line of the plan.</summary>
/// <param name="Command">As it is typed.</param>
/// <param name="Short">The options of a short run.</param>
/// <param name="ShortSeconds">About how long that takes: for the time that is left.</param>
/// <param name="Long">The options of a long run.</param>
/// <param name="LongSeconds">About how long that takes.</param>
/// <param name="Needs">Programs that have to be on the PATH.</param>
internal sealed record PlannedRun(string Command, string Short, int ShortSeconds, string Long, int LongSeconds, params string[] Needs)
{
    internal string CommandLine(bool isLong) => $"{Command} {(isLong ? Long : Short)}";

    internal TimeSpan Estimate(bool isLong) => TimeSpan.FromSeconds(isLong ? LongSeconds : ShortSeconds);
}
