using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SetGet.Tests.EndToEnd;
using SetGet.Tests.Ops;

namespace SetGet.Tests.Dashboard;

/// <summary>The tests that share one running SetGet with Aspire's own dashboard, and one browser.</summary>
[CollectionDefinition(Name), Needs(DashboardFixture.Needed)]
public sealed class DashboardCollection : ICollectionFixture<DashboardFixture>, ICollectionFixture<OpsBrowser>
{
    public const string Name = "SetGet, with its dashboard";
}

/// <summary>SetGet under its app host, with the dashboard that the app host starts, on free ports.</summary>
public sealed class DashboardFixture : IAsyncLifetime
{
    internal const Needs Needed = Needs.Chromium;

    internal const string Dashboard = "aspire-dashboard";

    internal const string OtlpKey = "an-otlp-key-of-this-test";

    private const string Token = "a-token-of-this-test";

    /// <summary>What a start may take on a slow machine; on a fast one it is a few seconds.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private DistributedApplication? _app;
    private DashboardQueues? _queues;

    public DistributedApplication App => _app ?? throw new InvalidOperationException("The application has not started.");

    public HttpClient Api { get; private set; } = new();

    public DashboardQueues Queues => _queues ?? throw new InvalidOperationException("The application has not started.");

    /// <summary>The address of the dashboard.</summary>
    public Uri Page { get; private set; } = new("http://localhost");

    /// <summary>What the app host prints for its user to open; it leads on to a page.</summary>
    public static string LoginPath(string page = "/") => $"/login?t={Token}&returnUrl={Uri.EscapeDataString(page)}";

    public async ValueTask InitializeAsync()
    {
        if (Requirements.Missing(Needed) is not null) return;
        using var limit = new CancellationTokenSource(StartLimit, TimeProvider.System);
        // An argument, because the app host's user secrets beat the settings' configuration: a run by hand has put a key of its own there.
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SetGet_AppHost>([$"--AppHost:OtlpApiKey={OtlpKey}"], Configure, limit.Token);
        builder.Services.AddLogging(logging => logging.AddFilter("SetGet.AppHost.Resources", LogLevel.Warning));
        _app = await builder.BuildAsync(limit.Token);
        await _app.StartAsync(limit.Token);
        await Task.WhenAll(new[] { "redis", "aws", "api", "worker", Dashboard }
            .Select(resource => _app.ResourceNotifications.WaitForResourceHealthyAsync(resource, WaitBehavior.StopOnResourceUnavailable, limit.Token)));
        Page = _app.GetEndpoint(Dashboard, "http");
        _queues = new DashboardQueues(_app.GetEndpoint("aws", "sqs"));
        Api = _app.CreateHttpClient("api");
        Api.DefaultRequestHeaders.Add("X-Api-Key", "dev-root-key");
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        _queues?.Dispose();
        if (_app is not null) await _app.DisposeAsync();
    }

    /// <summary>Sends an event, waits until it can be read, and answers its id.</summary>
    public async Task<string> SendAsync(string key)
    {
        var body = new { accountId = "acme", flowId = "orders", webhookKeys = new[] { key }, data = new { orderId = 1042 } };
        using var accepted = await AskAsync(stop => Api.PostAsJsonAsync("/set", body, stop));
        using var read = await AskAsync(stop => Api.GetAsync($"/get/{key}?account=acme&wait=20", stop));
        return (await accepted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    /// <summary>A success, once SetGet is available and the event is there.</summary>
    private static async Task<HttpResponseMessage> AskAsync(Func<CancellationToken, Task<HttpResponseMessage>> ask)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        var answer = await Sending.AskAgainWhileAsync([HttpStatusCode.ServiceUnavailable, HttpStatusCode.NotFound], () => ask(limit.Token), limit.Token);
        return answer.EnsureSuccessStatusCode();
    }

    /// <summary>Gives a command of Aspire's past the dashboard.</summary>
    public async Task CommandAsync(string resource, string command)
    {
        var result = await App.ResourceCommands.ExecuteCommandAsync(resource, command);
        Assert.True(result.Success, result.Message);
    }

    private static void Configure(DistributedApplicationOptions options, Microsoft.Extensions.Hosting.HostApplicationBuilderSettings settings)
    {
        options.DisableDashboard = false;
        // Nothing here speaks HTTPS: without a developer's certificate the dashboard would only complain on every page.
        options.TrustDeveloperCertificate = false;
        settings.Configuration!.AddInMemoryCollection(new Dictionary<string, string?> { ["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"] = Token });
    }
}
