using SetGet.Benchmarks.Http;
using SetGet.Benchmarks.Processes;

namespace SetGet.Benchmarks.Get;

/// <summary>A redis-server with events in it, and what answers them over HTTP.</summary>
internal sealed class ReadStack : IDisposable
{
    private const string RootKey = "benchmark-root-key";

    private readonly List<Server> _servers = [];
    private readonly HttpClient _http = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("setget-get-").FullName;
    private int _redisPort;

    internal static async Task<ReadStack> StartAsync(CancellationToken cancellationToken)
    {
        var stack = new ReadStack();
        try
        {
            await stack.StartRedisAsync(cancellationToken);
            await SampleStore.FillAsync($"127.0.0.1:{stack._redisPort}", cancellationToken);
            return stack;
        }
        catch
        {
            stack.Dispose();
            throw;
        }
    }

    internal async Task<ReadServer> AddApiAsync(
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
        return new ReadServer(name, server, key => $"{url}/get/{key}?account={SampleStore.Account}", "X-Api-Key: " + RootKey);
    }

    /// <summary>webdis, a small HTTP server in C that passes a Redis command on.</summary>
    internal async Task<ReadServer> AddWebdisAsync(CancellationToken cancellationToken)
    {
        var webdis = Tools.Require("webdis");
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
        string Url(string key) => $"http://127.0.0.1:{port}/GET/{key}.txt";
        var server = await Server.StartAsync(webdis, [configuration], Server.Answers(_http, Url(StoredSample.OneKilobyte.WebhookKey)), cancellationToken);
        _servers.Add(server);
        return new ReadServer("webdis", server, Url);
    }

    /// <summary>Kestrel that answers what a target answers, from memory: what is left to gain on it.</summary>
    internal async Task<HttpTarget> AddBareAsync(HttpTarget like, CancellationToken cancellationToken)
    {
        var bare = await PlainServer.StartBareAsync("bare Kestrel, from memory", like, _http, _folder, cancellationToken);
        _servers.Add(bare.Server);
        return bare;
    }

    /// <summary>Every target answers the very same bytes, or there is nothing to compare.</summary>
    internal async Task CheckAsync(StoredSample sample, CancellationToken cancellationToken, params HttpTarget[] targets)
    {
        foreach (var target in targets)
        {
            using var request = target.Request();
            using var response = await _http.SendAsync(request, cancellationToken);
            var answer = await response.Content.ReadAsStringAsync(cancellationToken);
            if (answer != sample.Data)
                throw new InvalidOperationException($"{target.Name} answers {(int)response.StatusCode}: {answer[..Math.Min(answer.Length, 500)]}");
        }
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
}

/// <summary>What answers any of the samples.</summary>
/// <param name="Url">The URL of a webhook key.</param>
internal sealed record ReadServer(string Name, Server Server, Func<string, string> Url, string? Header = null)
{
    internal HttpTarget Target(StoredSample sample) => new(Name, Server, Url(sample.WebhookKey), Header);
}
