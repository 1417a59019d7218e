using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
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

    /// <summary>A redis-server that is a cluster of one: it has all slots, and refuses what is not of one slot.</summary>
    public const string Cluster = "redis-cluster";

    private readonly Process _process;

    private readonly string? _password;

    private StoreServer(Process process, int port, string? password)
    {
        _process = process;
        _password = password;
        Port = port;
    }

    public int Port { get; }

    public string ConnectionString
        => $"127.0.0.1:{Port},abortConnect=false,connectTimeout=1000,connectRetry=1" + (_password is null ? "" : $",password={_password}");

    /// <summary>Starts one and returns when it answers.</summary>
    public static async Task<StoreServer> StartAsync(string kind, int? port = null, string? dataFolder = null, string? password = null)
    {
        var chosen = port ?? FreePort();
        var server = new StoreServer(StartProcess(Command(kind, chosen, dataFolder, password)), chosen, password);
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

        if (kind == Cluster) await server.TakeAllSlotsAsync();
        return server;
    }

    /// <summary>As one who may administer it: tests change its settings.</summary>
    public Task<ConnectionMultiplexer> ConnectAsync() => ConnectionMultiplexer.ConnectAsync(ConnectionString + ",allowAdmin=true");

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

    /// <summary>The command that starts one, for a shell.</summary>
    internal static string Command(string kind, int port, string? dataFolder, string? password = null) => kind switch
    {
        Redis => RedisCommand(port, dataFolder) + (password is null ? "" : $" --requirepass '{password}'"),
        Garnet => (password is null ? "" : $"REDIS_PASSWORD='{password}' ") + GarnetCommand(port, dataFolder),
        Cluster => RedisCommand(port, dataFolder) + $" --cluster-enabled yes --cluster-port {FreePort()} --cluster-config-file '{(dataFolder is null ? Path.GetTempFileName() : "nodes.conf")}'",
        _ => throw new ArgumentException($"'{kind}' is no server that the tests know: it must be {Redis}, {Garnet} or {Cluster}.", nameof(kind)),
    };

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

    private async Task TakeAllSlotsAsync()
    {
        if (!(await AskAsync("CLUSTER ADDSLOTSRANGE 0 16383")).StartsWith("+OK", StringComparison.Ordinal)) throw new InvalidOperationException("no slots");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await AskAsync("CLUSTER INFO")).Contains("cluster_state:ok", StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
    }

    // As one types it into a terminal: Redis takes that too.
    private async Task<string> AskAsync(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"));
        var answer = new byte[1024];
        return Encoding.ASCII.GetString(answer, 0, await stream.ReadAsync(answer));
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return (await AskAsync("PING")).StartsWith(_password is null ? "+PONG" : "-NOAUTH", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
