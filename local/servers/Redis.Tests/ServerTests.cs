using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Redis.Tests;

/// <summary>What the server promises to whoever runs it.</summary>
public sealed class ServerTests
{
    [Fact]
    public async Task Password_IsAskedFor_AndAnotherIsRefused()
    {
        await using var server = await RedisProcess.StartAsync(password: "the-word");
        await using var connection = await server.ConnectAsync();
        Assert.True(await connection.GetDatabase().StringSetAsync("k", "v"));
        await using var stranger =
            await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port},password=another,abortConnect=false,connectTimeout=2000,connectRetry=0");
        Assert.False(stranger.IsConnected);
        Assert.StartsWith("-NOAUTH", await AskWithoutPasswordAsync(server.Port), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_ListensOnLoopbackAlone()
    {
        await using var server = await RedisProcess.StartAsync();
        Assert.Contains("Loopback only", server.Said, StringComparison.Ordinal);
        var others = (await Dns.GetHostAddressesAsync(Dns.GetHostName())).Where(a => !IPAddress.IsLoopback(a) && a.AddressFamily == AddressFamily.InterNetwork);
        foreach (var address in others)
        {
            using var client = new TcpClient();
            await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(address, server.Port));
        }
    }

    [Fact]
    public async Task Data_OfEveryKindAndItsTimes_OutlivesARestart()
    {
        using var folder = new TemporaryFolder();
        var bytes = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        await using (var server = await RedisProcess.StartAsync(folder.Path))
        {
            await using var connection = await server.ConnectAsync();
            var database = connection.GetDatabase();
            await database.StringSetAsync("string", bytes, TimeSpan.FromHours(1));
            await database.HashSetAsync("hash", [new HashEntry("a", 1), new HashEntry("b", bytes)]);
            await database.SortedSetAddAsync("sorted", [new SortedSetEntry("late", 2), new SortedSetEntry("early", 1)]);
            await database.ScriptEvaluateAsync("redis.call('SET', KEYS[1], ARGV[1])", ["by-script"], ["kept"]);
            await database.StringSetAsync("gone", 1);
            await database.KeyDeleteAsync("gone");
            Assert.Equal(0, await server.TerminateAsync());
        }

        await using var again = await RedisProcess.StartAsync(folder.Path);
        await using var reconnected = await again.ConnectAsync();
        var kept = reconnected.GetDatabase();
        Assert.Equal(bytes, (byte[]?)await kept.StringGetAsync("string"));
        Assert.InRange((await kept.KeyTimeToLiveAsync("string"))!.Value, TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));
        Assert.Equal(bytes, (byte[]?)await kept.HashGetAsync("hash", "b"));
        Assert.Equal(["early", "late"], (await kept.SortedSetRangeByRankAsync("sorted")).Select(m => (string?)m));
        Assert.Equal("kept", (string?)await kept.StringGetAsync("by-script"));
        Assert.False(await kept.KeyExistsAsync("gone"));
    }

    [Fact]
    public async Task Messages_ReachTheirSubscribers()
    {
        await using var server = await RedisProcess.StartAsync();
        await using var connection = await server.ConnectAsync();
        var heard = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var channel = RedisChannel.Literal("wake");
        await connection.GetSubscriber().SubscribeAsync(channel, (_, message) => heard.TrySetResult(message));
        await connection.GetSubscriber().PublishAsync(channel, "hello");
        Assert.Equal("hello", await heard.Task.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Log_PastItsLimit_IsReplacedByACheckpoint()
    {
        using var folder = new TemporaryFolder();
        await using (var server = await RedisProcess.StartAsync(folder.Path, null, "--compact-at", "1m"))
        {
            await using var connection = await server.ConnectAsync();
            var database = connection.GetDatabase();
            var value = new byte[10_000];
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
            // The same ten keys again and again: what they are is small, what is logged is not.
            var checkpoints = Path.Combine(folder.Path, "Store", "checkpoints");
            for (var i = 0; i < 10 || !(Directory.Exists(checkpoints) && Directory.EnumerateFiles(checkpoints, "*", SearchOption.AllDirectories).Any()); i++)
            {
                limit.Token.ThrowIfCancellationRequested();
                await database.StringSetAsync($"k{i % 10}", value);
            }

            await database.StringSetAsync("last", "written");
            await server.KillAsync();
        }

        await using var again = await RedisProcess.StartAsync(folder.Path);
        await using var reconnected = await again.ConnectAsync();
        Assert.Equal("written", (string?)await reconnected.GetDatabase().StringGetAsync("last"));
        for (var i = 0; i < 10; i++) Assert.Equal(10_000, await reconnected.GetDatabase().StringLengthAsync($"k{i}"));
    }

    [Fact]
    public async Task Data_BeyondTheMemory_IsAllThere_AndAfterAKillToo()
    {
        const int Values = 900;
        using var folder = new TemporaryFolder();
        var value = new byte[100_000];
        await using (var server = await RedisProcess.StartAsync(folder.Path, null, "--memory", "64m"))
        {
            await using var connection = await server.ConnectAsync();
            for (var i = 0; i < Values; i++) await connection.GetDatabase().HashSetAsync($"h{i}", "field", value);
            Assert.Equal(Values, await CountAsync(connection.GetDatabase()));
            await server.KillAsync();
        }

        await using var again = await RedisProcess.StartAsync(folder.Path, null, "--memory", "64m");
        await using var reconnected = await again.ConnectAsync();
        Assert.Equal(Values, await CountAsync(reconnected.GetDatabase()));

        static async Task<int> CountAsync(IDatabase database)
        {
            var found = 0;
            for (var i = 0; i < Values; i++)
                if (await database.HashStringLengthAsync($"h{i}", "field") == 100_000) found++;
            return found;
        }
    }

    private static async Task<string> AskWithoutPasswordAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        var stream = client.GetStream();
        await stream.WriteAsync("*2\r\n$3\r\nGET\r\n$1\r\nk\r\n"u8.ToArray());
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync() ?? "";
    }
}
