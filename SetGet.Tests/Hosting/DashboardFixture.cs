using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace SetGet.Tests.Hosting;

/// <summary>SetGet with its dashboard, and a browser to look at it.</summary>
public sealed class DashboardFixture : IAsyncLifetime
{
    public const Needs Needs = Tests.Needs.Chromium | Tests.Needs.Npm | Tests.Needs.Linux;

    /// <summary>The first run on a machine fetches the dashboard.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);

    private DistributedApplication? _app;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public DistributedApplication App => _app ?? throw new InvalidOperationException("The application has not started.");

    public Uri Dashboard => App.GetEndpoint("aspire-dashboard");

    public async Task InitializeAsync()
    {
        if (Requirements.Missing(Needs) is not null)
            return;
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SetGet_AppHost>(
            [], (options, _) => options.DisableDashboard = false, limit.Token);
        _app = await builder.BuildAsync(limit.Token);
        await _app.StartAsync(limit.Token);
        await Task.WhenAll(new[] { "aspire-dashboard", "redis", "aws", "api", "worker" }
            .Select(name => _app.ResourceNotifications.WaitForResourceHealthyAsync(name, limit.Token)));
        // A page comes to life over a web socket; how long that takes is the machine's affair.
        Assertions.SetDefaultExpectTimeout((float)TimeSpan.FromMinutes(1).TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = Requirements.Chromium, Args = ["--no-sandbox"] });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
    }

    /// <summary>A page of the dashboard, logged in by the address that the app host prints.</summary>
    public async Task<IPage> OpenAsync(string path = "/")
    {
        var page = await _browser!.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1400, Height = 800 } });
        page.SetDefaultTimeout((float)TimeSpan.FromMinutes(1).TotalMilliseconds);
        var token = App.Services.GetRequiredService<IConfiguration>()["AppHost:BrowserToken"];
        await page.GotoAsync(new Uri(Dashboard, $"/login?t={token}&returnUrl={Uri.EscapeDataString(path)}").ToString());
        return page;
    }
}
