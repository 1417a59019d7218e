using Amazon.Runtime;
using Amazon.SQS;
using SetGet.Benchmarks.Processes;

namespace SetGet.Benchmarks.Set;

/// <summary>Redis, and the local SQS and gateway with their messages on disk: what every way of the Set path stands on.</summary>
internal sealed class Backbone : IDisposable
{
    internal const string RootKey = "benchmark-root-key";
    internal const string GatewayKey = "benchmark-gateway-key";
    private const string Queues = "/000000000000/setget-";

    private readonly List<Server> _servers = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("setget-set-").FullName;

    internal HttpClient Http { get; } = new();

    internal AmazonSQSClient Sqs { get; private set; } = null!;

    internal RedisNodes Redis { get; private set; } = null!;

    /// <summary>For the files of whoever runs on it.</summary>
    internal string Folder => _folder;

    /// <summary>The process that plays SQS and the gateway.</summary>
    internal Server Aws { get; private set; } = null!;

    internal string SqsUrl { get; } = $"http://127.0.0.1:{Server.FreePort()}";

    internal string GatewayUrl { get; } = $"http://127.0.0.1:{Server.FreePort()}";

    internal string QueueUrl => SqsUrl + Queues + "events";

    /// <summary>What API and worker need to find all of it.</summary>
    internal Dictionary<string, string> Environment => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ConnectionStrings__redis"] = Redis.Address,
        ["SetGet__RootKey"] = RootKey,
        ["AWS__Resources__EventsQueueUrl"] = QueueUrl,
        ["AWS__Resources__DeadLetterQueueUrl"] = SqsUrl + Queues + "dead-letters",
        ["AWS_ENDPOINT_URL_SQS"] = SqsUrl,
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "local",
        ["AWS_SECRET_ACCESS_KEY"] = "local",
    };

    internal static async Task<Backbone> StartAsync(CancellationToken cancellationToken)
    {
        var backbone = new Backbone();
        try
        {
            await backbone.StartServersAsync(cancellationToken);
            return backbone;
        }
        catch
        {
            backbone.Dispose();
            throw;
        }
    }

    /// <summary>Starts a service of SetGet's on it, and answers its address. It is its caller's to end.</summary>
    /// <param name="environment">In place of the backbone's, where it differs.</param>
    /// <param name="ready">Where it answers once it can be used.</param>
    internal async Task<(Server Server, string Url)> StartServiceAsync(
        string project, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? environment = null, string ready = "/health")
    {
        var url = $"http://127.0.0.1:{Server.FreePort()}";
        var variables = new Dictionary<string, string>(Environment) { ["ASPNETCORE_URLS"] = url };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>()) variables[key] = value;
        return (await Server.StartAsync("dotnet", [Repository.Assembly(project)], Server.Answers(Http, url + ready), cancellationToken, variables), url);
    }

    /// <summary>A client of the local SQS.</summary>
    internal static AmazonSQSClient Client(string endpoint)
        => new(new BasicAWSCredentials("local", "local"), new AmazonSQSConfig { ServiceURL = endpoint, AuthenticationRegion = "us-east-1" });

    /// <summary>Ends with the rest.</summary>
    internal Server Add(Server server)
    {
        _servers.Add(server);
        return server;
    }

    internal Task PurgeAsync() => Sqs.PurgeQueueAsync(QueueUrl);

    public void Dispose()
    {
        _servers.Reverse();
        _servers.ForEach(static server => server.Dispose());
        Redis?.Dispose();
        Http.Dispose();
        Sqs?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartServersAsync(CancellationToken cancellationToken)
    {
        Redis = await RedisNodes.StartOneAsync(_folder, cancellationToken);
        string[] arguments =
        [
            Repository.Assembly("local/servers/Aws"), "--template", Path.Combine(Repository.Root, "SetGet.AppHost", "aws", "ingest.yaml"),
            "--port", $"{new Uri(SqsUrl).Port}", "--gateway-port", $"{new Uri(GatewayUrl).Port}", "--api-key", "AccountApiKey=" + GatewayKey,
            "--data", Path.Combine(_folder, "aws"),
            "--parameter", "AccountRate=10000", "--parameter", "AccountBurst=5000", "--parameter", "ThrottleRate=10000", "--parameter", "ThrottleBurst=5000",
        ];
        Aws = Add(await Server.StartAsync("dotnet", arguments, Server.Answers(Http, GatewayUrl + "/health"), cancellationToken));
        Sqs = Client(SqsUrl);
    }
}
