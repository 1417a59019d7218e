using System.Net;
using SetGet.Benchmarks.Peers;
using SetGet.Benchmarks.Processes;

namespace SetGet.Benchmarks.Sqs;

/// <summary>A server that speaks SQS, with a queue to load.</summary>
internal sealed class SqsTarget : IDisposable
{
    private readonly Server _server;
    private readonly string? _data;

    private SqsTarget(string name, Server server, SqsLoad load, string? data)
    {
        Name = name;
        _server = server;
        Load = load;
        _data = data;
    }

    internal string Name { get; }

    internal SqsLoad Load { get; }

    /// <summary>The local server of this repository, with its messages on disk.</summary>
    internal static async Task<SqsTarget> LocalAsync(CancellationToken cancellationToken)
    {
        var port = Server.FreePort();
        using var http = new HttpClient();
        var data = Directory.CreateTempSubdirectory("setget-sqs-").FullName;
        var server = await Server.StartAsync(
            "dotnet",
            [Repository.Assembly("local/servers/Aws"), "--port", port.ToString(), "--data", data],
            Server.Answers(http, $"http://127.0.0.1:{port}/health"),
            cancellationToken);
        return await OpenAsync("local/servers/Aws, durable", server, port, data, cancellationToken);
    }

    /// <summary>fauxqs, which keeps its messages in memory, or in SQLite too if it is told to.</summary>
    internal static async Task<SqsTarget> FauxqsAsync(bool onDisk, CancellationToken cancellationToken)
    {
        var data = onDisk ? Directory.CreateTempSubdirectory("fauxqs-").FullName : null;
        var port = Server.FreePort();
        using var http = new HttpClient();
        var script = await NodePeer.InstalledAsync("fauxqs/dist/server.js", cancellationToken);
        var server = await Server.StartAsync(
            NodePeer.Node(),
            [script],
            Server.Answers(http, $"http://127.0.0.1:{port}/health"),
            cancellationToken,
            new Dictionary<string, string>
            {
                ["FAUXQS_PORT"] = port.ToString(),
                ["FAUXQS_LOGGER"] = "false",
                ["NODE_ENV"] = "production",
                ["FAUXQS_DATA_DIR"] = data ?? "",
                ["FAUXQS_PERSISTENCE"] = onDisk ? "true" : "false",
            });
        return await OpenAsync(onDisk ? "fauxqs 2.4.1, in SQLite" : "fauxqs 2.4.1, in memory", server, port, data, cancellationToken);
    }

    public void Dispose()
    {
        _server.Dispose();
        if (_data is not null)
            Directory.Delete(_data, recursive: true);
    }

    private static async Task<SqsTarget> OpenAsync(string name, Server server, int port, string? data, CancellationToken cancellationToken)
    {
        try
        {
            return new SqsTarget(name, server, await SqsLoad.OpenAsync(server, new IPEndPoint(IPAddress.Loopback, port), cancellationToken), data);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }
}
