using System.Buffers;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SetGet.Benchmarks.Http;
using SetGet.Benchmarks.Processes;
using SetGet.Core;
using SetGet.Core.Events;
using SetGet.Core.Store;
using StackExchange.Redis;

namespace SetGet.Benchmarks.Get;

/// <summary>A redis-server with one event in it, and the APIs in front of it.</summary>
internal sealed class ReadStack : IDisposable
{
    private const string RootKey = "benchmark-root-key";
    private const string Account = "acme";
    private const string WebhookKey = "order-1";

    private readonly List<Server> _servers = [];
    private readonly HttpClient _http = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("setget-get-").FullName;
    private int _redisPort;

    /// <summary>What is read: as large as a usual webhook.</summary>
    internal static string Data { get; } = $$"""{"type":"order.created","id":"ord_1029384756","amount":1299.00,"currency":"EUR","note":"{{new string('x', 400)}}"}""";

    internal static async Task<ReadStack> StartAsync(CancellationToken cancellationToken)
    {
        var stack = new ReadStack();
        try
        {
            await stack.StartRedisAsync(cancellationToken);
            await stack.FillAsync(cancellationToken);
            return stack;
        }
        catch
        {
            stack.Dispose();
            throw;
        }
    }

    internal async Task<HttpTarget> AddApiAsync(
        string name, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? environment = null)
    {
        var url = $"http://127.0.0.1:{Server.FreePort()}";
        var variables = new Dictionary<string, string>(environment ?? new Dictionary<string, string>())
        {
            ["ASPNETCORE_URLS"] = url,
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ConnectionStrings__redis"] = $"127.0.0.1:{_redisPort}",
            ["SetGet__RootKey"] = RootKey,
            // Reading needs no queue.
            ["AWS__Resources__EventsQueueUrl"] = "http://127.0.0.1:1/000000000000/setget-events",
            ["AWS__Resources__DeadLetterQueueUrl"] = "http://127.0.0.1:1/000000000000/setget-dead-letters",
            ["AWS_ENDPOINT_URL_SQS"] = "http://127.0.0.1:1",
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "local",
            ["AWS_SECRET_ACCESS_KEY"] = "local",
        };
        var server = await Server.StartAsync(
            "dotnet", [Repository.Assembly("SetGet.Api")], Server.Answers(_http, url + "/alive"), cancellationToken, variables);
        _servers.Add(server);
        return new HttpTarget(name, server, $"{url}/get/{WebhookKey}?account={Account}", "X-Api-Key: " + RootKey);
    }

    /// <summary>webdis, a small HTTP server in C that passes a Redis command on.</summary>
    internal async Task<HttpTarget> AddWebdisAsync(CancellationToken cancellationToken)
    {
        var webdis = Tools.OnPath("webdis")
            ?? throw new InvalidOperationException("The peer is webdis, which is not on the PATH (Debian: apt-get install webdis).");
        var port = Server.FreePort();
        var configuration = Path.Combine(_folder, "webdis.json");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            {"redis_host": "127.0.0.1", "redis_port": {{_redisPort}}, "http_host": "127.0.0.1", "http_port": {{port}}, "threads": 2,
             "pool_size": 20, "daemonize": false, "websockets": false, "database": 0, "verbosity": 0,
             "logfile": "{{Path.Combine(_folder, "webdis.log")}}", "acl": [{"enabled": ["*"]}]}
            """,
            cancellationToken);
        var url = $"http://127.0.0.1:{port}/GET/{WebhookKey}.txt";
        var server = await Server.StartAsync(webdis, [configuration], Server.Answers(_http, url), cancellationToken);
        _servers.Add(server);
        return new HttpTarget("webdis", server, url);
    }

    /// <summary>Every target answers the very same bytes, or there is nothing to compare.</summary>
    internal async Task CheckAsync(HttpTarget target, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target.Url);
        if (target.Header?.Split(": ") is [var name, var value])
            request.Headers.Add(name, value);
        using var response = await _http.SendAsync(request, cancellationToken);
        var answer = await response.Content.ReadAsStringAsync(cancellationToken);
        if (answer != Data)
            throw new InvalidOperationException($"{target.Name} answers {(int)response.StatusCode}: {answer}");
    }

    public void Dispose()
    {
        _servers.Reverse();
        _servers.ForEach(static server => server.Dispose());
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartRedisAsync(CancellationToken cancellationToken)
    {
        (var server, _redisPort) = await RedisServer.StartAsync(_folder, cancellationToken);
        _servers.Add(server);
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var builder = new HostApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:redis", $"127.0.0.1:{_redisPort}")]);
        builder.AddSetGetCore();
        builder.Services.AddEventWriting();
        using var host = builder.Build();
        await host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().StringSetAsync(WebhookKey, Data);
        var results = await host.Services.GetRequiredService<EventWriter>().StoreAsync([Envelope()], cancellationToken);
        if (results[0].Outcome != StoreOutcome.Stored)
            throw new InvalidOperationException($"The event was not stored: {results[0]}");
    }

    private static Envelope Envelope()
    {
        var text = $$"""{"accountId":"{{Account}}","flowId":"orders","webhookKeys":["{{WebhookKey}}"],"data":{{Data}}}""";
        var head = new EnvelopeHead(
            Guid.CreateVersion7().ToString(), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), "root", IdempotencyKey: null, TraceParent: null);
        var message = new ArrayBufferWriter<byte>();
        EnvelopeWriter.WriteSet(message, head, Encoding.UTF8.GetBytes(text));
        return EnvelopeReader.Read(message.WrittenMemory, out var fault)
            ?? throw new InvalidOperationException($"The envelope was not accepted: {fault}");
    }
}
