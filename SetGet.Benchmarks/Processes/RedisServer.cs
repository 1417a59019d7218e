using System.Net.Sockets;

namespace SetGet.Benchmarks.Processes;

/// <summary>A redis-server of the run's own, without persistence.</summary>
internal static class RedisServer
{
    internal static async Task<(Server Server, int Port)> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var port = Server.FreePort();
        return (await StartAsync(folder, port, [], cancellationToken), port);
    }

    internal static Task<Server> StartAsync(string folder, int port, IEnumerable<string> options, CancellationToken cancellationToken)
        => Server.StartAsync(
            Tools.Require("redis-server"), ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--dir", folder, .. options], Listens(port), cancellationToken);

    private static Func<CancellationToken, Task<bool>> Listens(int port) => async cancellationToken =>
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    };
}
