using System.Net.Http.Json;
using Amazon.Runtime;
using Amazon.SQS;
using SetGet.Benchmarks.Http;
using SetGet.Benchmarks.Peers;
using SetGet.Benchmarks.Processes;

namespace SetGet.Benchmarks.Set;

/// <summary>Redis, the local SQS and gateway with their messages on disk, the API, and a peer that accepts as a team would by hand.</summary>
internal sealed class SetStack : IDisposable
{
    private const string RootKey = "benchmark-root-key";
    private const string GatewayKey = "benchmark-gateway-key";
    private const string Queue = "/000000000000/setget-events";

    private readonly List<Server> _servers = [];
    private readonly HttpClient _http = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("setget-set-").FullName;
    private AmazonSQSClient _sqs = null!;
    private string _sqsUrl = "";
    private Server _aws = null!;
    private Server _api = null!;
    private string _apiUrl = "";
    private string _gatewayUrl = "";

    /// <summary>A webhook of 1 KB.</summary>
    internal static string Data { get; } =
        $$"""{"type":"order.created","id":"ord_1029384756","customer":{"id":"cus_48213"},"tags":["new"],"note":"{{new string('x', 900)}}"}""";

    /// <summary>The body of <c>POST /set</c> with that data.</summary>
    internal static string SetBody { get; } = $$"""{"accountId":"acme","flowId":"orders","webhookKeys":["order-1"],"data":{{Data}}}""";

    internal static async Task<SetStack> StartAsync(CancellationToken cancellationToken)
    {
        var stack = new SetStack();
        try
        {
            await stack.StartServersAsync(cancellationToken);
            return stack;
        }
        catch
        {
            stack.Dispose();
            throw;
        }
    }

    internal HttpTarget Api(string name, string path, string body) => new(name, _api, _apiUrl + path, "X-Api-Key: " + RootKey, body);

    internal HttpTarget Gateway() => new("gateway", _aws, _gatewayUrl + "/v1/set", "X-Api-Key: " + GatewayKey, SetBody);

    /// <summary>Node's own HTTP server, and the AWS SDK for JavaScript: one call a request, answered once SQS has it.</summary>
    internal async Task<HttpTarget> AddNodeAsync(CancellationToken cancellationToken)
    {
        await NodePeer.InstalledAsync("@aws-sdk/client-sqs/package.json", cancellationToken);
        var port = Server.FreePort();
        var script = Path.Combine(Repository.Root, "SetGet.Benchmarks", "Peers", "accept.mjs");
        var server = await Server.StartAsync(
            NodePeer.Node(), [script, $"{port}", _sqsUrl, _sqsUrl + Queue], Server.Answers(_http, $"http://127.0.0.1:{port}/"), cancellationToken,
            new Dictionary<string, string> { ["NODE_ENV"] = "production" });
        _servers.Add(server);
        return new HttpTarget("node:http, @aws-sdk/client-sqs", server, $"http://127.0.0.1:{port}/set", Body: SetBody);
    }

    /// <summary>Gives a flow key rules.</summary>
    internal async Task SetRulesAsync(string flow, string[] keyRules, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{_apiUrl}/accounts/acme/flows/{flow}/source") { Content = JsonContent.Create(new { keyRules }) };
        request.Headers.Add("X-Api-Key", RootKey);
        using var answer = await _http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Nobody takes the messages: they are thrown away between the rounds.</summary>
    internal Task PurgeAsync() => _sqs.PurgeQueueAsync(_sqsUrl + Queue);

    public void Dispose()
    {
        _servers.Reverse();
        _servers.ForEach(static server => server.Dispose());
        _http.Dispose();
        _sqs?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartServersAsync(CancellationToken cancellationToken)
    {
        var (redis, redisPort) = await RedisServer.StartAsync(_folder, cancellationToken);
        _servers.Add(redis);
        var (sqsPort, gatewayPort) = (Server.FreePort(), Server.FreePort());
        (_sqsUrl, _gatewayUrl) = ($"http://127.0.0.1:{sqsPort}", $"http://127.0.0.1:{gatewayPort}");
        string[] arguments =
        [
            Repository.Assembly("local/servers/Aws"), "--template", Path.Combine(Repository.Root, "SetGet.AppHost", "aws", "ingest.yaml"), "--port", $"{sqsPort}",
            "--gateway-port", $"{gatewayPort}", "--api-key", "AccountApiKey=" + GatewayKey, "--data", Path.Combine(_folder, "aws"),
            "--parameter", "AccountRate=10000", "--parameter", "AccountBurst=5000", "--parameter", "ThrottleRate=10000", "--parameter", "ThrottleBurst=5000",
        ];
        _aws = await Server.StartAsync("dotnet", arguments, Server.Answers(_http, _gatewayUrl + "/health"), cancellationToken);
        _servers.Add(_aws);
        _sqs = new AmazonSQSClient(new BasicAWSCredentials("local", "local"), new AmazonSQSConfig { ServiceURL = _sqsUrl, AuthenticationRegion = "us-east-1" });
        _apiUrl = $"http://127.0.0.1:{Server.FreePort()}";
        _api = await Server.StartAsync(
            "dotnet", [Repository.Assembly("SetGet.Api")], Server.Answers(_http, _apiUrl + "/health"), cancellationToken, ApiEnvironment(redisPort));
        _servers.Add(_api);
    }

    private Dictionary<string, string> ApiEnvironment(int redisPort) => new()
    {
        ["ASPNETCORE_URLS"] = _apiUrl,
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ConnectionStrings__redis"] = $"127.0.0.1:{redisPort}",
        ["SetGet__RootKey"] = RootKey,
        ["AWS__Resources__EventsQueueUrl"] = _sqsUrl + Queue,
        ["AWS__Resources__DeadLetterQueueUrl"] = _sqsUrl + "/000000000000/setget-dead-letters",
        ["AWS_ENDPOINT_URL_SQS"] = _sqsUrl,
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "local",
        ["AWS_SECRET_ACCESS_KEY"] = "local",
    };
}
