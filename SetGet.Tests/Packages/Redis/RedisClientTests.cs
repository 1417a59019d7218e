using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace SetGet.Tests.Packages.Redis;

public sealed class RedisClientTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private string ConnectionString => $"127.0.0.1:{redis.Port},password={RedisServer.Password}";

    [NeedsFact(Needs.RedisServer)]
    public async Task AddRedisClient_ConnectionString_ConnectsWithPassword()
    {
        using var host = Host(ConnectionString);
        var database = host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
        await database.StringSetAsync("k", "v");
        Assert.Equal("v", (string?)await database.StringGetAsync("k"));
    }

    [NeedsTheory(Needs.RedisServer)]
    [InlineData(true)]
    [InlineData(false)]
    public void AddRedisClient_HostDisposed_ConnectionIsClosed(bool tracing)
    {
        var builder = Builder(ConnectionString);
        builder.AddRedisClient("redis", settings => settings.DisableTracing = !tracing);
        IConnectionMultiplexer multiplexer;
        using (var host = builder.Build())
        {
            multiplexer = host.Services.GetRequiredService<IConnectionMultiplexer>();
            Assert.True(multiplexer.IsConnected);
        }

        Assert.False(multiplexer.IsConnected);
    }

    [NeedsFact(Needs.RedisServer)]
    public async Task AddRedisClient_OptionsOfNewerClients_AreAccepted()
    {
        using var host = Host(ConnectionString + ",user=default,ssl=false,protocol=resp3,asyncTimeout=3000,abortConnect=false,setlib=false,name=test,defaultDatabase=3");
        var multiplexer = host.Services.GetRequiredService<IConnectionMultiplexer>();
        Assert.Equal(3, multiplexer.GetDatabase().Database);
        await multiplexer.GetDatabase().PingAsync();
    }

    [NeedsFact(Needs.RedisServer)]
    public async Task AddKeyedRedisClient_TwoNames_AreTwoClients()
    {
        var builder = Builder(ConnectionString);
        builder.Configuration["ConnectionStrings:other"] = ConnectionString + ",defaultDatabase=5";
        builder.AddRedisClient("redis");
        builder.AddKeyedRedisClient("other");
        using var host = builder.Build();
        Assert.Equal(5, host.Services.GetRequiredKeyedService<IConnectionMultiplexer>("other").GetDatabase().Database);
        Assert.Equal(0, host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().Database);
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(["StackExchange.Redis", "StackExchange.Redis_other"], report.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(HealthStatus.Healthy, report.Status);
    }

    [Fact]
    public async Task HealthCheck_NoServer_IsUnhealthyInTime()
    {
        using var host = Host("127.0.0.1:1,connectTimeout=200,connectRetry=1");
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(HealthStatus.Unhealthy, report.Entries["StackExchange.Redis"].Status);
    }

    [Fact]
    public void AddRedisClient_NoEndpoint_NamesTheKey()
    {
        using var host = Host(connectionString: null);
        var error = Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<IConnectionMultiplexer>());
        Assert.Contains("ConnectionStrings:redis", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddRedisClient_OtherUser_IsRefused()
    {
        using var host = Host("localhost:1,user=app,password=secret-word");
        var error = Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<IConnectionMultiplexer>());
        Assert.Contains("'app'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_Order_IsSectionThenNameThenConnectionStringThenDelegate()
    {
        var builder = Builder("127.0.0.1:1");
        builder.Configuration["Aspire:StackExchange:Redis:ConnectionString"] = "general:1";
        builder.Configuration["Aspire:StackExchange:Redis:DisableTracing"] = "true";
        builder.Configuration["Aspire:StackExchange:Redis:DisableHealthChecks"] = "true";
        builder.Configuration["Aspire:StackExchange:Redis:redis:DisableHealthChecks"] = "false";
        var client = builder.AddRedisClientBuilder("redis", settings => settings.ConnectionString += ",ssl=true");
        Assert.Equal("127.0.0.1:1,ssl=true", client.Settings.ConnectionString);
        Assert.Equal((true, false), (client.Settings.DisableTracing, client.Settings.DisableHealthChecks));
        Assert.Null(client.ServiceKey);
    }

    [NeedsFact(Needs.RedisServer)]
    public async Task Tracing_CommandsWithinActivity_AreItsChildren()
    {
        using var source = new ActivitySource("SetGet.Tests.RedisTracing");
        var spans = new ConcurrentQueue<Activity>();
        using var listener = Listen(spans);
        using var host = Host(ConnectionString);
        await host.StartAsync();
        var database = host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
        ActivityTraceId trace;
        using (var parent = source.StartActivity("parent")!)
        {
            trace = parent.TraceId;
            database = host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
            await Task.WhenAll(database.StringSetAsync("a", "1"), database.StringGetAsync("a"));
            for (var i = 0; i < 3; i++)
                Assert.Equal("1", (string?)await database.ScriptEvaluateAsync("return redis.call('GET', KEYS[1])", ["a"]));
            await Assert.ThrowsAsync<RedisServerException>(() => database.HashGetAsync("a", ["f", "g"]));
            Assert.Same(parent, Activity.Current);
        }

        await host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().StringGetAsync("outside");
        await host.StopAsync();

        var children = spans.Where(s => s.Source.Name == "OpenTelemetry.Instrumentation.StackExchangeRedis" && s.TraceId == trace).ToList();
        Assert.Contains("SET", children.Select(s => s.OperationName));
        Assert.Contains("GET", children.Select(s => s.OperationName));
        Assert.All(children, s => Assert.Equal(ActivityKind.Client, s.Kind));
        var set = children.Single(s => s.OperationName == "SET");
        Assert.Equal("redis", set.GetTagItem("db.system.name"));
        Assert.Equal("SET", set.GetTagItem("db.operation.name"));
        Assert.Equal("0", set.GetTagItem("db.namespace"));
        Assert.Equal("127.0.0.1", set.GetTagItem("server.address"));
        Assert.Equal(redis.Port, set.GetTagItem("server.port"));
        Assert.Equal(ActivityStatusCode.Unset, set.Status);
        var failed = children.Single(s => s.OperationName == "HMGET");
        Assert.Equal((ActivityStatusCode.Error, "WRONGTYPE"), (failed.Status, failed.GetTagItem("db.response.status_code")));
        Assert.Equal("WRONGTYPE", failed.GetTagItem("error.type"));
        Assert.Equal(["EVALSHA", "EVALSHA", "EVALSHA", "GET", "HMGET", "SET"], children.Select(s => s.OperationName).Order(StringComparer.Ordinal));
    }

    [NeedsFact(Needs.RedisServer)]
    public async Task Client_ServerRestarted_Reconnects()
    {
        using var host = Host(ConnectionString);
        var multiplexer = host.Services.GetRequiredService<IConnectionMultiplexer>();
        await multiplexer.GetDatabase().PingAsync();
        await redis.RestartAsync();
        await AnswersAsync(multiplexer).WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>The client tells that a connection is back a little before it uses it: asking it is the only proof.</summary>
    private static async Task AnswersAsync(IConnectionMultiplexer multiplexer)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync())
        {
            try
            {
                await multiplexer.GetDatabase().PingAsync();
                return;
            }
            catch (RedisConnectionException)
            {
                // Not yet; the caller limits the wait.
            }
        }
    }

    private static ActivityListener Listen(ConcurrentQueue<Activity> spans)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is "SetGet.Tests.RedisTracing" or "OpenTelemetry.Instrumentation.StackExchangeRedis",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static IHost Host(string? connectionString)
    {
        var builder = Builder(connectionString);
        builder.AddRedisClient("redis");
        return builder.Build();
    }

    private static HostApplicationBuilder Builder(string? connectionString)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:redis", connectionString)]);
        return builder;
    }
}
