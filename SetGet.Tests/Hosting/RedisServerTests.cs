using System.Net.Sockets;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace SetGet.Tests.Hosting;

/// <summary>The servers that play Redis: each asks for the password, and keeps its data over a restart.</summary>
public sealed class RedisServerTests
{
    [NeedsFact(Needs.RedisServer)]
    public Task RedisServer_Restarted_KeepsItsData() => KeepsItsDataAsync("redis-server");

    [Fact]
    public Task Garnet_Restarted_KeepsItsData() => KeepsItsDataAsync("garnet");

    private static async Task KeepsItsDataAsync(string server)
    {
        using var limit = new CancellationTokenSource(SampleFixture.Limit, TimeProvider.System);
        var builder = DistributedApplicationTestingBuilder.Create($"--ASPIRE_REDIS_SERVER={server}");
        builder.AddRedis("cache").WithPersistence();
        await using var app = await builder.BuildAsync(limit.Token);
        await app.StartAsync(limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("cache", WaitBehavior.StopOnResourceUnavailable, limit.Token);
        var connection = await app.GetConnectionStringAsync("cache", limit.Token);
        Assert.StartsWith("-NOAUTH", await AskAsync(connection!, password: null, "GET k", limit.Token), StringComparison.Ordinal);
        var password = connection!.Split("password=")[1];
        Assert.Equal("+OK", await AskAsync(connection, password, "SET k kept", limit.Token));

        await app.ResourceCommands.ExecuteCommandAsync("cache", KnownResourceCommands.RestartCommand, limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("cache", limit.Token);

        Assert.Equal("$4", await AskAsync(connection, password, "GET k", limit.Token));
    }

    /// <summary>The first line of the answer to an inline command.</summary>
    private static async Task<string?> AskAsync(string connection, string? password, string command, CancellationToken cancellationToken)
    {
        var address = connection.Split(',')[0].Split(':');
        using var client = new TcpClient();
        await client.ConnectAsync(address[0], int.Parse(address[1]), cancellationToken);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        if (password is not null)
        {
            await SendAsync($"AUTH {password}");
            Assert.Equal("+OK", await reader.ReadLineAsync(cancellationToken));
        }

        await SendAsync(command);
        return await reader.ReadLineAsync(cancellationToken);

        async Task SendAsync(string words)
        {
            var parts = words.Split(' ');
            var text = $"*{parts.Length}\r\n{string.Concat(parts.Select(p => $"${p.Length}\r\n{p}\r\n"))}";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
        }
    }
}
