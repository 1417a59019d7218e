using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using StackExchange.Redis;

namespace SetGet.Tests.Core;

/// <summary>
/// A Redis server of the tests' own, on a free port, without persistence. It ends with the test process, however that ends: the shell
/// around it waits for its standard input to close.
/// </summary>
public sealed class StoreServer : IAsyncDisposable
{
    public const string Redis = "redis-server";
    public const string Garnet = "garnet";

    private readonly Process _process;

    private StoreServer(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public string ConnectionString => $"127.0.0.1:{Port},abortConnect=false,connectTimeout=1000,connectRetry=1,allowAdmin=true";

    /// <summary>Starts one and returns when it answers.</summary>
    public static async Task<StoreServer> StartAsync(string kind, int? port = null, string? dataFolder = null)
    {
        if (kind is not (Redis or Garnet)) throw new ArgumentException($"'{kind}' is no server that the tests know: it must be {Redis} or {Garnet}.", nameof(kind));
        var chosen = port ?? FreePort();
        var server = new StoreServer(StartProcess(kind == Redis ? RedisCommand(chosen, dataFolder) : GarnetCommand(chosen, dataFolder)), chosen);
        var deadline = Stopwatch.StartNew();
        while (!await server.AnswersAsync())
        {
            if (!server._process.HasExited && deadline.Elapsed < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
                continue;
            }

            server._process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{kind} on port {chosen} does not answer: {await server._process.StandardError.ReadToEndAsync()}");
        }

        return server;
    }

    public Task<ConnectionMultiplexer> ConnectAsync() => ConnectionMultiplexer.ConnectAsync(ConnectionString);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string RedisCommand(int port, string? dataFolder)
    {
        var persistence = dataFolder is null ? "--appendonly no" : $"--appendonly yes --appendfsync always --dir '{dataFolder}'";
        return $"redis-server --loglevel warning --port {port} --bind 127.0.0.1 --save '' {persistence}";
    }

    private static string GarnetCommand(int port, string? dataFolder)
        => $"dotnet exec '{RedisDll}' --port {port}" + (dataFolder is null ? "" : $" --data '{dataFolder}'");

    /// <summary>The project that hosts Garnet, as built in the tests' own configuration.</summary>
    private static string RedisDll { get; } = typeof(StoreServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RedisDll").Value!;

    private static Process StartProcess(string command)
        => Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{command} & child=$!; cat > /dev/null; kill $child"])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;

    /// <summary>The repository's root.</summary>
    internal static string Folder { get; } = FindFolder();

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SetGetApi.sln"))) folder = folder.Parent;
        return folder?.FullName ?? AppContext.BaseDirectory;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            var stream = client.GetStream();
            await stream.WriteAsync("*1\r\n$4\r\nPING\r\n"u8.ToArray());
            var answer = new byte[16];
            var length = await stream.ReadAsync(answer);
            return answer.AsSpan(0, length).StartsWith("+PONG"u8);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
