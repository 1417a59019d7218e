using System.Globalization;
using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign.Faults;

/// <summary>States of a redis-server in which it answers, but not what was asked for. All are real: an operator at redis-cli makes them.</summary>
internal static class RedisFaults
{
    private const string Password = "campaign-password";
    private const int LoadingMicroseconds = 2_000_000, EntriesPerEvent = 3, ShortestSleepMicroseconds = 60;

    internal static IEnumerable<Fault> All => new Fault[]
    {
        new("Redis out of memory (OOM)", "redis", strike => HoldAsync(strike, Setting("maxmemory", "1"), Setting("maxmemory", "0"))),
        new("Redis a replica (READONLY)", "redis", strike => HoldAsync(strike, ["REPLICAOF", "127.0.0.1", "1"], ["REPLICAOF", "NO", "ONE"]))
        {
            IsPossible = world => !world.Redis.IsCluster,
        },
        new("Redis loads its data (LOADING)", "redis", LoadAsync),
        new("Redis in a long script (BUSY)", "redis", BusyAsync),
        new("Redis wants a password (NOAUTH)", "redis", LockOutAsync),
        new("Redis forgets its scripts (NOSCRIPT)", "redis", strike => Node(strike).AskAsync(strike.Stop, "SCRIPT", "FLUSH")),
        new("Redis takes no writes (CLIENT PAUSE)", "redis", strike => HoldAsync(strike, ["CLIENT", "PAUSE", "4000", "WRITE"], ["CLIENT", "UNPAUSE"])),
        new("Redis closes every connection", "redis", strike => Node(strike).AskAsync(strike.Stop, "CLIENT", "KILL", "TYPE", "normal")),
        new("Redis misses its replicas (NOREPLICAS)", "redis", strike => HoldAsync(strike, Setting("min-replicas-to-write", "5"), Setting("min-replicas-to-write", "0"))),
        new("Redis forbids to write (NOPERM)", "redis", strike => HoldAsync(strike, Permission("-@write"), Permission("+@all"))),
        new("Redis forbids scripts (NOPERM)", "redis", strike => HoldAsync(strike, Permission("-@scripting"), Permission("+@all"))),
        new("Redis cannot save (MISCONF)", "redis", FailToSaveAsync) { IsPossible = world => !world.Redis.IsCluster },
    }.Select(fault => fault with { IsPossible = world => world.Redis.IsRedisServer && fault.IsPossible(world) });

    private static string[] Setting(string name, string value) => ["CONFIG", "SET", name, value];

    private static string[] Permission(string rule) => ["ACL", "SETUSER", "default", rule];

    private static RedisNode Node(Strike strike) => strike.Choose(strike.World.Redis.Nodes);

    private static async Task HoldAsync(Strike strike, string[] begin, string[] end)
    {
        var node = Node(strike);
        await node.AskAsync(strike.Stop, begin);
        await strike.HoldThenAsync(0.3, 4, () => node.AskAsync(CancellationToken.None, end));
    }

    // A folder stands where its snapshot belongs. That it could not save it remembers until it has saved, or starts anew.
    private static async Task FailToSaveAsync(Strike strike)
    {
        var node = Node(strike);
        var place = Path.Combine(node.Data, "dump.rdb");
        File.Delete(place);
        Directory.CreateDirectory(place);
        try
        {
            while (!(await node.AskAsync(strike.Stop, "INFO", "persistence")).Contains("rdb_last_bgsave_status:err", StringComparison.Ordinal))
            {
                await node.AskAsync(strike.Stop, "BGSAVE", "SCHEDULE");
                await strike.HoldAsync(0.1, 0.2);
            }

            await HoldAsync(strike, Setting("save", "3600 1000000000"), Setting("save", ""));
        }
        finally
        {
            Directory.Delete(place);
        }
    }

    // A pause after each entry that it reads: as if it had many more.
    private static async Task LoadAsync(Strike strike)
    {
        var node = Node(strike);
        await node.Part.KillAsync();
        var entries = EntriesPerEvent * Math.Max(1, strike.Checker.Ledger.Count);
        // Less than the shortest sleep for each: a negative delay of N sleeps once in N entries.
        var shortest = LoadingMicroseconds / ShortestSleepMicroseconds;
        var delay = entries > shortest ? -(entries / shortest) : Math.Min(LoadingMicroseconds / entries, 2_000);
        await node.StartAsync(strike.Stop, "--loading-process-events-interval-bytes 1024 --key-load-delay " + delay.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task BusyAsync(Strike strike)
    {
        var node = Node(strike);
        await node.AskAsync(strike.Stop, "CONFIG", "SET", "busy-reply-threshold", "50");
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(strike.Stop);
        var script = node.AskAsync(enough.Token, "EVAL", "while true do end", "0");
        await strike.HoldThenAsync(0.3, 3, async () =>
        {
            await node.AskAsync(CancellationToken.None, "SCRIPT", "KILL");
            await script;
        });
    }

    private static async Task LockOutAsync(Strike strike)
    {
        var node = Node(strike);
        await node.AskAsync(strike.Stop, "CONFIG", "SET", "requirepass", Password);
        try
        {
            // Who has a connection keeps it: so all have to come anew.
            await RedisCli.RunAsync(node.Port, ["CLIENT", "KILL", "TYPE", "normal"], strike.Stop, Password);
            await strike.HoldAsync(0.3, 4);
        }
        finally
        {
            await RedisCli.RunAsync(node.Port, ["CONFIG", "SET", "requirepass", ""], CancellationToken.None, Password);
        }
    }
}
