using System.Net;
using System.Net.Sockets;

namespace Redis.Tests;

/// <summary>What keeps the server from starting is told in one line, with what to do.</summary>
public sealed class StartErrorTests
{
    [Theory]
    [InlineData("appendonlydir")]
    [InlineData("dump.rdb")]
    public async Task Data_OfRedisServer_IsRefusedAndLeftAsItIs(string name)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, name));

        await IsRefusedAsync($"--data {folder.Path} holds data of redis-server ({name})", "--port", "0", "--data", folder.Path);

        Assert.Equal([name], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Data_ThatNobodyKnows_IsRefused()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "letters.txt"), "not to be lost");
        await IsRefusedAsync($"--data {folder.Path} holds what Garnet did not write (letters.txt)", "--port", "0", "--data", folder.Path);
    }

    [Fact]
    public async Task Data_InUse_IsRefused()
    {
        using var folder = new TemporaryFolder();
        await using var first = await RedisProcess.StartAsync(folder.Path);
        await IsRefusedAsync($"--data {folder.Path} is in use", "--port", "0", "--data", folder.Path);
    }

    [Fact]
    public async Task Data_ThatIsAFile_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(file, "");
        await IsRefusedAsync($"--data {file} ", "--port", "0", "--data", file);
    }

    [Fact]
    public async Task Data_ThatIsDamaged_IsRefused()
    {
        using var folder = new TemporaryFolder();
        await using (var server = await RedisProcess.StartAsync(folder.Path))
        {
            await using var connection = await server.ConnectAsync();
            await connection.GetDatabase().StringSetAsync("k", new byte[5000]);
            // Told to end, it notes how far its log goes. A first record that nothing vouches for would be what a kill cut off.
            await server.TerminateAsync();
        }

        await using (var log = File.OpenWrite(Path.Combine(folder.Path, "AOF", "aof.log.0")))
        {
            log.Seek(64, SeekOrigin.Begin);
            await log.WriteAsync("where the first record begins"u8.ToArray());
        }

        await IsRefusedAsync($"The data in {folder.Path} cannot be recovered", "--port", "0", "--data", folder.Path);
    }

    [Fact]
    public async Task Port_InUse_IsRefused()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await IsRefusedAsync($"--port {port} cannot be listened on", "--port", $"{port}");
    }

    private static async Task IsRefusedAsync(string message, params string[] args)
    {
        var (exitCode, error) = await RedisProcess.FailAsync(args);
        Assert.Equal(1, exitCode);
        Assert.StartsWith(message, error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
