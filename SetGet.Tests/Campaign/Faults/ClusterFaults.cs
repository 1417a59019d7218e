using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign.Faults;

/// <summary>What happens to clusters: slots move (MOVED, ASK, TRYAGAIN), masters die and replicas take over.</summary>
internal static class ClusterFaults
{
    internal static IEnumerable<Fault> All => new Fault[]
    {
        new("slots move to another master", "redis", MoveSlotsAsync),
        new("a master dies and its replica takes over", "redis", KillMasterAsync),
        new("a replica takes over in order", "redis", TakeOverAsync),
        new("a master and its replicas die (CLUSTERDOWN)", "redis", KillShardAsync),
    }.Select(fault => fault with { IsPossible = world => world.Redis.IsCluster });

    private static async Task MoveSlotsAsync(Strike strike)
    {
        var masters = await MastersAsync(strike);
        if (masters.Count < 2) return;
        var (from, to) = (strike.Choose(masters), strike.Choose(masters));
        if (from == to) to = masters[(masters.IndexOf(from) + 1) % masters.Count];
        await strike.World.Redis.Nodes[0].AskAsync(
            strike.Stop, "--cluster", "reshard", from.Address, "--cluster-from", from.Id, "--cluster-to", to.Id, "--cluster-slots", "150", "--cluster-yes");
    }

    private static async Task KillMasterAsync(Strike strike)
    {
        var masters = await MastersAsync(strike);
        if (masters.Count == 0) return;
        var node = strike.Choose(masters).Node;
        await node.Part.KillAsync();
        // Longer than the cluster waits: another has its slots by now.
        await strike.HoldAsync(3, 5);
        await node.StartAsync(strike.Stop);
        await HasAllAsync(strike, node, [node]);
    }

    // Its slots are nobody's until one of them is back. The master comes back first: it alone is known to have all that it answered for.
    private static async Task KillShardAsync(Strike strike)
    {
        var masters = await MastersAsync(strike);
        if (masters.Count == 0) return;
        var master = strike.Choose(masters);
        var lines = (await master.Node.AskAsync(strike.Stop, "CLUSTER", "REPLICAS", master.Id)).Split('\n');
        var replicas = strike.World.Redis.Nodes.Where(node => lines.Any(line => line.Contains($":{node.Port}@", StringComparison.Ordinal))).ToList();
        foreach (var replica in replicas) await replica.Part.KillAsync();
        await master.Node.Part.KillAsync();
        await strike.HoldAsync(2, 4);
        await master.Node.StartAsync(strike.Stop);
        foreach (var replica in replicas) await replica.StartAsync(strike.Stop);
        await HasAllAsync(strike, master.Node, replicas);
    }

    // The cluster is whole, and replicas have all that they missed: before that, nobody else may die.
    private static async Task HasAllAsync(Strike strike, RedisNode any, IEnumerable<RedisNode> replicas)
    {
        await RedisCli.IsReadyAsync(any.Port, ["CLUSTER", "INFO"], "cluster_state:ok", strike.Stop);
        foreach (var replica in replicas) await RedisCli.IsReadyAsync(replica.Port, ["INFO", "replication"], "master_link_status:up", strike.Stop);
    }

    private static async Task TakeOverAsync(Strike strike)
    {
        var masters = (await MastersAsync(strike)).Select(master => master.Node).ToList();
        var replicas = strike.World.Redis.Nodes.Except(masters).ToList();
        await strike.Choose(replicas).AskAsync(strike.Stop, "CLUSTER", "FAILOVER");
        await strike.HoldAsync(0.5, 2);
    }

    private static async Task<List<Master>> MastersAsync(Strike strike)
    {
        var nodes = strike.World.Redis.Nodes;
        var lines = (await nodes[0].AskAsync(strike.Stop, "CLUSTER", "NODES")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // ID ADDRESS@PORT FLAGS MASTER PING PONG EPOCH STATE SLOTS...
        return [.. lines.Select(line => line.Split(' '))
            .Where(fields => fields.Length > 8 && fields[2].Contains("master", StringComparison.Ordinal) && !fields[2].Contains("fail", StringComparison.Ordinal))
            .Select(fields => (Id: fields[0], Address: fields[1].Split('@')[0]))
            .Select(master => new Master(master.Id, master.Address, nodes.Single(node => master.Address.EndsWith($":{node.Port}", StringComparison.Ordinal))))];
    }

    private sealed record Master(string Id, string Address, RedisNode Node);
}
