using System.Net;
using System.Net.Sockets;
using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Tests.Core;

/// <summary>What a call to Redis promises where Redis does not keep its own: every fault is one that callers know.</summary>
public sealed class RedisCallsTests
{
    private static readonly RedisScript One = new("return 1");

    [Theory]
    [OnRedis]
    [OnGarnet]
    public async Task Call_OfAServerThatStops_IsUnavailable_AndWorksAgainOnceItIsBack(string kind)
    {
        var server = await StoreServer.StartAsync(kind);
        await using var connection = await server.ConnectAsync();
        var calls = new RedisCalls(connection);
        await calls.ScriptAsync(One, [], [], CancellationToken.None);
        await server.DisposeAsync();

        await Assert.ThrowsAsync<RedisUnavailableException>(() => calls.RunAsync(db => db.StringGetAsync("k"), CancellationToken.None));

        // The new server has never seen the script.
        await using var again = await StoreServer.StartAsync(kind, server.Port);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        Assert.Equal(1, (int)await UntilItAnswersAsync(calls, limit.Token));
    }

    [Theory]
    [OnRedis]
    public async Task Script_AfterSomebodyElseForgotAllScripts_RunsAllTheSame(string kind)
    {
        await using var server = await StoreServer.StartAsync(kind);
        await using var connection = await server.ConnectAsync();
        await using var other = await server.ConnectAsync();
        var calls = new RedisCalls(connection);
        await calls.ScriptAsync(One, [], [], CancellationToken.None);
        await other.GetServers()[0].ExecuteAsync("SCRIPT", "FLUSH");

        Assert.Equal(1, (int)await calls.ScriptAsync(One, [], [], CancellationToken.None));
    }

    [Fact]
    public async Task Call_ThatIsNotAnswered_IsUnavailable_AndOneThatIsCancelledEnds()
    {
        // Takes the connection, and never says a word.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var options = ConfigurationOptions.Parse($"127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port},abortConnect=false,connectRetry=0,connectTimeout=200,syncTimeout=500");
        options.BacklogPolicy = BacklogPolicy.Default;
        await using var connection = await ConnectionMultiplexer.ConnectAsync(options);
        var calls = new RedisCalls(connection);
        using var cancelled = new CancellationTokenSource();

        var unanswered = calls.RunAsync(db => db.StringGetAsync("k"), CancellationToken.None);
        var ended = calls.RunAsync(db => db.StringGetAsync("k"), cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ended);
        await Assert.ThrowsAsync<RedisUnavailableException>(() => unanswered);
    }

    [Theory]
    [OnRedis]
    public async Task Call_AfterTheClientWasClosed_IsUnavailable(string kind)
    {
        await using var server = await StoreServer.StartAsync(kind);
        var connection = await server.ConnectAsync();
        var calls = new RedisCalls(connection);
        await connection.DisposeAsync();

        await Assert.ThrowsAsync<RedisUnavailableException>(() => calls.RunAsync(db => db.StringGetAsync("k"), CancellationToken.None));
    }

    private static async Task<RedisResult> UntilItAnswersAsync(RedisCalls calls, CancellationToken cancellationToken)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        while (await again.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                return await calls.ScriptAsync(One, [], [], cancellationToken);
            }
            catch (RedisUnavailableException)
            {
                // Not yet.
            }
        }

        throw new InvalidOperationException("The timer ended before its cancellation.");
    }
}
