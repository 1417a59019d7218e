using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SetGet.Tests.Ops;

namespace SetGet.Tests.EndToEnd;

/// <summary>The tests that share one running SetGet, and one browser.</summary>
[CollectionDefinition(Name)]
public sealed class AppCollection : ICollectionFixture<AppFixture>, ICollectionFixture<OpsBrowser>
{
    public const string Name = "SetGet, running";
}

/// <summary>The tests that share one SetGet whose queue invokes the worker, as Lambda does.</summary>
[CollectionDefinition(Name)]
public sealed class LambdaCollection : ICollectionFixture<LambdaAppFixture>
{
    public const string Name = "SetGet, its worker as a Lambda";
}

/// <summary>SetGet as <c>dotnet run --project SetGet.AppHost -- --lambda</c> composes it.</summary>
public sealed class LambdaAppFixture : AppFixture
{
    public LambdaAppFixture()
        : base("--lambda")
    {
    }
}

/// <summary>
/// SetGet as <c>dotnet run --project SetGet.AppHost</c> composes it, on free ports: one app host for the tests of a collection.
/// A test class joins with <c>[Collection(AppCollection.Name)]</c>, and uses accounts and keys of its own.
/// </summary>
public class AppFixture : IAsyncLifetime
{
    /// <summary>What a start may take on a slow machine; on a fast one it is a few seconds.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private const string RootKey = "dev-root-key";
    private const string QueueAccount = "000000000000";

    private readonly string[] _args;
    private DistributedApplication? _app;

    public AppFixture()
        : this([])
    {
    }

    protected AppFixture(params string[] args) => _args = args;

    public DistributedApplication App => _app ?? throw new InvalidOperationException("The application has not started.");

    /// <summary>A client of the API with the root key.</summary>
    public HttpClient Api { get; private set; } = new();

    /// <summary>The address of SQS.</summary>
    public Uri SqsUrl { get; private set; } = new("http://localhost");

    /// <summary>The address of the gateway, with its stage: <c>new Uri(GatewayUrl, "set")</c>.</summary>
    public Uri GatewayUrl { get; private set; } = new("http://localhost");

    public string EventsQueueUrl => $"{SqsUrl.GetLeftPart(UriPartial.Authority)}/{QueueAccount}/setget-events";

    public string DeadLetterQueueUrl => $"{SqsUrl.GetLeftPart(UriPartial.Authority)}/{QueueAccount}/setget-dead-letters";

    public string RedisConnectionString { get; private set; } = "";

    /// <summary>Starts SetGet; also for tests that need one to themselves, with switches of their own.</summary>
    public static async Task<DistributedApplication> StartAsync(string[] args, CancellationToken cancellationToken)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SetGet_AppHost>(args, cancellationToken);
        // What the resources say is asked for where a start fails; twenty thousand lines of it in a test's output hide the rest.
        builder.Services.AddLogging(logging => logging.AddFilter("SetGet.AppHost.Resources", LogLevel.Warning));
        var app = await builder.BuildAsync(cancellationToken);
        try
        {
            await app.StartAsync(cancellationToken);
            await Task.WhenAll(new[] { "redis", "aws", "api", "worker" }
                .Select(name => app.ResourceNotifications.WaitForResourceHealthyAsync(
                    name, WaitBehavior.StopOnResourceUnavailable, cancellationToken)));
            return app;
        }
        catch (Exception exception)
        {
            var told = await ConsoleAsync(app);
            await app.DisposeAsync();
            throw new InvalidOperationException($"SetGet did not start: {exception.Message}\n{told}", exception);
        }
    }

    public async ValueTask InitializeAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit, TimeProvider.System);
        _app = await StartAsync(_args, limit.Token);
        Api = NewApiClient();
        SqsUrl = App.GetEndpoint("aws", "sqs");
        GatewayUrl = new Uri(App.GetEndpoint("aws", "gateway"), "v1/");
        RedisConnectionString = await App.GetConnectionStringAsync("redis", limit.Token) ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
    }

    /// <summary>A client of the API with a key; without one where it is null.</summary>
    public HttpClient NewApiClient(string? key = RootKey)
    {
        var client = App.CreateHttpClient("api");
        if (key is not null)
            client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    /// <summary>Restarts a resource, and waits until it is healthy again.</summary>
    public async Task RestartAsync(string resource, CancellationToken cancellationToken)
    {
        var result = await App.ResourceCommands.ExecuteCommandAsync(resource, KnownResourceCommands.RestartCommand, cancellationToken);
        Assert.True(result.Success, result.Message);
        await App.ResourceNotifications.WaitForResourceHealthyAsync(resource, cancellationToken);
    }

    /// <summary>What every resource has said on its console.</summary>
    public static async Task<string> ConsoleAsync(DistributedApplication app)
    {
        var loggers = app.Services.GetRequiredService<ResourceLoggerService>();
        var text = new StringBuilder();
        foreach (var resource in app.Services.GetRequiredService<DistributedApplicationModel>().Resources)
            await foreach (var lines in loggers.GetAllAsync(resource))
                foreach (var line in lines)
                    text.Append(resource.Name).Append(": ").AppendLine(line.Content);
        return text.ToString();
    }
}
