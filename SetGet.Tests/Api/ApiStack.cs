using System.Globalization;
using Amazon.Runtime;
using Amazon.SQS;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SetGet.Tests.Core;

namespace SetGet.Tests.Api;

/// <summary>
/// Redis, SQS and the worker as processes, and the API on a real Kestrel in this one, each on a free port. One for all tests
/// of the API: they keep apart by using accounts of their own.
/// </summary>
public sealed class ApiStack : IAsyncLifetime
{
    public const string RootKey = "test-root-key";

    private StoreServer? _store;
    private ChildProcess? _sqs;
    private ChildProcess? _worker;
    private RunningApi? _api;

    public Uri Address => _api!.Address;

    public Uri Sqs { get; private set; } = null!;

    public string Redis => _store!.ConnectionString;

    /// <summary>Calls the API with the root key.</summary>
    public HttpClient Root => _api!.Root;

    /// <summary>What the API is made of.</summary>
    public IServiceProvider Services => _api!.Services;

    /// <summary>What the worker has written.</summary>
    public string WorkerSaid => _worker!.Output;

    /// <summary>Calls the queues themselves.</summary>
    public AmazonSQSClient NewSqs()
        => new(new BasicAWSCredentials("local", "local"), new AmazonSQSConfig { ServiceURL = Sqs.ToString(), AuthenticationRegion = "us-east-1" });

    /// <summary>A new account's name.</summary>
    public static string NewAccount() => "t" + Guid.NewGuid().ToString("N")[..12];

    public async ValueTask InitializeAsync()
    {
        // Where the machine cannot run the stack, every test of it is skipped, by its collection.
        if (StoreKind is not { } kind) return;
        _store = await StoreServer.StartAsync(kind);
        var port = StoreServer.FreePort();
        Sqs = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
        var template = Path.Combine(StoreServer.Folder, "SetGet.AppHost", "aws", "ingest.yaml");
        _sqs = new ChildProcess("Aws", $"--template '{template}' --port {port.ToString(CultureInfo.InvariantCulture)}", new Dictionary<string, string>());
        await _sqs.IsReadyAsync(new Uri(Sqs, "/health"));
        var settings = Settings(Redis, Sqs);
        _worker = new ChildProcess("SetGet.Worker", "--urls http://127.0.0.1:0", settings.ToDictionary(each => each.Key.Replace(":", "__", StringComparison.Ordinal), each => each.Value));
        _api = await RunningApi.StartAsync(settings);
    }

    public async ValueTask DisposeAsync()
    {
        if (_api is not null) await _api.DisposeAsync();
        if (_worker is not null) await _worker.DisposeAsync();
        if (_sqs is not null) await _sqs.DisposeAsync();
        if (_store is not null) await _store.DisposeAsync();
    }

    /// <summary>
    /// The server that plays Redis here; null where there is none. <c>SETGET_TEST_STORE</c> names the one to use: the tests of the API run
    /// once with each in CI.
    /// </summary>
    public static string? StoreKind
        => Environment.GetEnvironmentVariable("SETGET_TEST_STORE") is { Length: > 0 } kind ? kind :
        StoreServers.Missing(StoreServer.Redis) is null ? StoreServer.Redis : StoreServers.Missing(StoreServer.Garnet) is null ? StoreServer.Garnet : null;

    /// <summary>The configuration of a process of SetGet's.</summary>
    public static Dictionary<string, string> Settings(string redis, Uri sqs) => new()
    {
        ["ConnectionStrings:redis"] = redis,
        ["SetGet:RootKey"] = RootKey,
        // The takers' test keeps 5,000 events under one key.
        ["SetGet:History:MaxEventsPerKey"] = "10000",
        ["AWS:Resources:EventsQueueUrl"] = $"{sqs}000000000000/setget-events",
        ["AWS:Resources:DeadLetterQueueUrl"] = $"{sqs}000000000000/setget-dead-letters",
        ["AWS_ENDPOINT_URL_SQS"] = sqs.ToString(),
        ["AWS_ACCESS_KEY_ID"] = "local",
        ["AWS_SECRET_ACCESS_KEY"] = "local",
        ["AWS_REGION"] = "us-east-1",
        // Of a process that is started with these; several test runs may share a machine.
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
    };
}

/// <summary>The collection of tests that share an <see cref="ApiStack"/>.</summary>
[CollectionDefinition(Name), Needs(Needs.Stack)]
public sealed class ApiCollection : ICollectionFixture<ApiStack>
{
    public const string Name = "API";
}

/// <summary>The API in this process, on a Kestrel and a port of its own.</summary>
public sealed class RunningApi : IAsyncDisposable
{
    private readonly Factory _factory;

    private RunningApi(Factory factory)
    {
        _factory = factory;
        Address = factory.ClientOptions.BaseAddress;
        Root = NewClient(ApiStack.RootKey);
    }

    public Uri Address { get; }

    /// <summary>Calls the API with the root key.</summary>
    public HttpClient Root { get; }

    /// <summary>What it is made of.</summary>
    public IServiceProvider Services => _factory.Services;

    /// <summary>
    /// Starts one. Its queue client is made from the settings: the SDK's own way, the environment of the process, is shared with
    /// every other test.
    /// </summary>
    /// <param name="configure">Services beside its own.</param>
    public static Task<RunningApi> StartAsync(IReadOnlyDictionary<string, string> settings, Action<IServiceCollection>? configure = null)
    {
        var factory = new Factory(settings, configure);
        factory.UseKestrel(0);
        factory.StartServer();
        return Task.FromResult(new RunningApi(factory));
    }

    public HttpClient NewClient(string? key)
    {
        var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        if (key is not null) http.DefaultRequestHeaders.Add("X-Api-Key", key);
        return http;
    }

    public async ValueTask DisposeAsync()
    {
        Root.Dispose();
        await _factory.DisposeAsync();
    }

    private sealed class Factory(IReadOnlyDictionary<string, string> settings, Action<IServiceCollection>? configure) : WebApplicationFactory<SetGet.Api.Problems.Problem>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            foreach (var (name, value) in settings) builder.UseSetting(name, value);
            builder.ConfigureTestServices(services => services.AddSingleton<IAmazonSQS>(_ => NewSqs(settings["AWS_ENDPOINT_URL_SQS"])));
            if (configure is null) builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
            else builder.ConfigureTestServices(configure);
        }

        private static AmazonSQSClient NewSqs(string url)
        {
            var config = new AmazonSQSConfig { Timeout = SetGet.Api.Set.SendOptions.CallTimeout, MaxErrorRetry = 1, ServiceURL = url, AuthenticationRegion = "us-east-1" };
            return new AmazonSQSClient(new BasicAWSCredentials("local", "local"), config);
        }
    }
}
