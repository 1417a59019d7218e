using SetGet.Benchmarks.Processes;
using StackExchange.Redis;

namespace SetGet.Benchmarks.Set;

/// <summary>The redis-server of a run, or the masters of a cluster, without persistence; and what an operator asks of them.</summary>
internal sealed class RedisNodes : IDisposable
{
    /// <summary>A cluster's second port is this much above its first.</summary>
    private const int BusOffset = 10_000;

    private readonly List<Server> _servers = [];
    private readonly List<int> _ports = [];
    private ConnectionMultiplexer _connection = null!;

    private RedisNodes()
    {
    }

    /// <summary>As a connection string.</summary>
    internal string Address => string.Join(',', _ports.Select(port => $"127.0.0.1:{port}"));

    internal int FirstPort => _ports[0];

    /// <summary>Of all of them.</summary>
    internal TimeSpan ProcessorTime => _servers.Aggregate(TimeSpan.Zero, (sum, server) => sum + server.ProcessorTime);

    internal static async Task<RedisNodes> StartOneAsync(string folder, CancellationToken cancellationToken)
    {
        var nodes = new RedisNodes();
        return await nodes.StartAsync(async () =>
        {
            var (server, port) = await RedisServer.StartAsync(folder, cancellationToken);
            nodes._servers.Add(server);
            nodes._ports.Add(port);
        });
    }

    /// <exception cref="MissingToolException">redis-server or redis-cli is missing.</exception>
    internal static async Task<RedisNodes> StartClusterAsync(int masters, string folder, CancellationToken cancellationToken)
    {
        var nodes = new RedisNodes();
        return await nodes.StartAsync(async () =>
        {
            for (var i = 0; i < masters; i++) await nodes.AddMasterAsync(folder, cancellationToken);
            string[] arguments = ["--cluster", "create", .. nodes.Address.Split(','), "--cluster-replicas", "0", "--cluster-yes"];
            await Tools.RunAsync(Tools.Require("redis-cli"), arguments, cancellationToken);
        });
    }

    internal Task FlushAsync() => Task.WhenAll(Servers.Select(server => server.FlushAllDatabasesAsync()));

    /// <summary>How many Redis keys there are.</summary>
    internal async Task<long> CountAsync() => (await Task.WhenAll(Servers.Select(server => server.DatabaseSizeAsync()))).Sum();

    /// <summary>A number of <c>INFO</c>, summed over all.</summary>
    internal async Task<long> InfoAsync(string section, string field)
    {
        var answers = await Task.WhenAll(Servers.Select(server => server.InfoAsync(section)));
        return answers.Sum(groups => long.Parse(groups.SelectMany(group => group).First(pair => pair.Key == field).Value));
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _servers.ForEach(static server => server.Dispose());
    }

    private IServer[] Servers => _connection.GetServers();

    private async Task<RedisNodes> StartAsync(Func<Task> start)
    {
        try
        {
            await start();
            _connection = await ConnectionMultiplexer.ConnectAsync(Address + ",allowAdmin=true");
            return this;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private async Task AddMasterAsync(string folder, CancellationToken cancellationToken)
    {
        var port = Server.FreePort();
        while (port + BusOffset > ushort.MaxValue) port = Server.FreePort();
        string[] options = ["--cluster-enabled", "yes", "--cluster-config-file", $"nodes-{port}.conf"];
        _servers.Add(await RedisServer.StartAsync(folder, port, options, cancellationToken));
        _ports.Add(port);
    }
}
