using System.Globalization;
using SetGet.Tests.Core;

namespace SetGet.Tests.Campaign.Parts;

/// <summary>What plays Redis in a campaign, and what can be done to it. Every kind keeps what it has answered for when it is killed.</summary>
internal sealed class RedisSide : IAsyncDisposable
{
    private const int Masters = 3;
    private static readonly Dictionary<string, string> NoEnvironment = [];

    private readonly Wire? _wire;
    private readonly SmallDisk? _disk;

    private RedisSide(string kind, IReadOnlyList<RedisNode> nodes, SmallDisk? disk)
    {
        Kind = kind;
        Nodes = nodes;
        _disk = disk;
        if (kind != StoreServer.Cluster) _wire = new Wire(nodes[0].Port, "-ERR max number of clients reached\r\n");
    }

    internal string Kind { get; }

    /// <summary>One server; six of a cluster.</summary>
    internal IReadOnlyList<RedisNode> Nodes { get; }

    /// <summary>What is between SetGet and the server. Not for a cluster, whose nodes name their own addresses.</summary>
    internal Wire Wire => _wire ?? throw new InvalidOperationException("A cluster has no wire.");

    /// <summary>Where one server keeps its data.</summary>
    internal SmallDisk Disk => _disk ?? throw new InvalidOperationException("A cluster has no small disk.");

    internal bool IsCluster => Kind == StoreServer.Cluster;

    internal bool IsRedisServer => Kind != StoreServer.Garnet;

    internal string ConnectionString
        => string.Join(',', _wire is { } wire ? [Address(wire.Port)] : Nodes.Select(node => Address(node.Port))) + ",abortConnect=false,connectTimeout=1000,connectRetry=1";

    /// <param name="kind">As <see cref="StoreServer"/> names it; its cluster is one of six here.</param>
    /// <param name="folder">For data and logs.</param>
    /// <param name="cancellationToken">Ends the wait until it answers.</param>
    internal static async Task<RedisSide> StartAsync(string kind, string folder, CancellationToken cancellationToken)
    {
        var disk = kind == StoreServer.Cluster ? null : await SmallDisk.CreateAsync(Path.Combine(folder, "redis"), cancellationToken);
        var nodes = Enumerable.Range(1, kind == StoreServer.Cluster ? 2 * Masters : 1).Select(number => Node(kind, number, folder)).ToList();
        foreach (var node in nodes) await node.StartAsync(cancellationToken);
        if (kind == StoreServer.Cluster) await JoinAsync(nodes, cancellationToken);
        return new RedisSide(kind, nodes, disk);
    }

    public async ValueTask DisposeAsync()
    {
        if (_wire is not null) await _wire.DisposeAsync();
        foreach (var node in Nodes) await node.Part.KillAsync();
        if (_disk is not null) await _disk.DisposeAsync();
    }

    private static string Address(int port) => "127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture);

    private static RedisNode Node(string kind, int number, string folder)
    {
        var port = StoreServer.FreePort();
        var name = kind == StoreServer.Cluster ? $"redis-{number}" : "redis";
        var data = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        var command = StoreServer.Command(kind, port, data) + (kind == StoreServer.Cluster ? " --cluster-node-timeout 1500" : "");
        return new RedisNode(new Part(name, command, NoEnvironment, Path.Combine(folder, name + ".log")), port, data);
    }

    private static async Task JoinAsync(List<RedisNode> nodes, CancellationToken cancellationToken)
    {
        await RedisCli.RunAsync(
            nodes[0].Port, ["--cluster", "create", .. nodes.Select(node => Address(node.Port)), "--cluster-replicas", "1", "--cluster-yes"], cancellationToken);
        foreach (var node in nodes)
            await RedisCli.IsReadyAsync(node.Port, ["CLUSTER", "INFO"], "cluster_state:ok", cancellationToken);
    }
}

/// <summary>One server.</summary>
internal sealed record RedisNode(Part Part, int Port, string Data)
{
    /// <summary>Ends when it answers, and has read its data.</summary>
    internal async Task StartAsync(CancellationToken cancellationToken, string arguments = "")
    {
        await Part.StartAsync(arguments);
        await RedisCli.IsReadyAsync(Port, ["PING"], "PONG", cancellationToken, Part);
    }

    internal Task<string> AskAsync(CancellationToken cancellationToken, params string[] command) => RedisCli.RunAsync(Port, command, cancellationToken);
}
