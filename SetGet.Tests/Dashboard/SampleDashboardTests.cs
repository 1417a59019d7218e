using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Playwright;
using SetGet.Tests.Ops;

namespace SetGet.Tests.Dashboard;

/// <summary>The dashboard over a solution that has nothing of SetGet's.</summary>
public sealed class SampleDashboardTests : IClassFixture<OpsBrowser>
{
    /// <summary>The first run on a machine fetches the dashboard.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    private readonly OpsBrowser _browser;

    public SampleDashboardTests(OpsBrowser browser) => _browser = browser;

    [NeedsFact(DashboardFixture.Needed)]
    public async Task AnotherSolution_IsServedAsSetGetIs()
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        await using var app = await StartAsync(limit.Token);
        await _browser.LookAsync(app.GetEndpoint(DashboardFixture.Dashboard, "http"), async page =>
        {
            await page.GotoAsync("/login?t=a-token");
            await Assertions.Expect(page.State("front")).ToContainTextAsync("Running");
            await Assertions.Expect(page.State("job")).ToContainTextAsync("Finished");
            await Assertions.Expect(page.State("idle")).ToContainTextAsync("Not started");
            await page.ChooseAsync("idle", "Start");
            await Assertions.Expect(page.State("idle")).ToContainTextAsync("Running");

            await page.GotoAsync("/?view=Parameters");
            await Assertions.Expect(page.ResourceRow("greeting")).ToContainTextAsync("hello");
            await Assertions.Expect(page.ResourceRow("token")).Not.ToContainTextAsync("a-secret-token");
            await page.GotoAsync("/consolelogs/resource/job");
            await page.GetByText("hello, job done").First.WaitForAsync();
        });
    }

    [NeedsFact(DashboardFixture.Needed)]
    public async Task CommandOfAReplica_AsksFirst_AndTellsWhyItFailed()
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        await using var app = await StartAsync(limit.Token);
        await _browser.LookAsync(app.GetEndpoint(DashboardFixture.Dashboard, "http"), async page =>
        {
            await page.GotoAsync("/login?t=a-token");
            var replicas = page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { Has = page.GetByRole(AriaRole.Gridcell, new PageGetByRoleOptions { NameRegex = new Regex(": web-") }) });
            await Assertions.Expect(replicas).ToHaveCountAsync(2);
            await DashboardPages.ChooseAsync(page, replicas.First, "Greet", page.GetByText("Really?").First);
            await page.Button("Yes").ClickAsync();
            await page.GetByText("nobody is here").First.WaitForAsync();
        });
    }

    private static async Task<DistributedApplication> StartAsync(CancellationToken cancellationToken)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Sample_AppHost>(
            [],
            (options, settings) =>
            {
                options.DisableDashboard = false;
                settings.Configuration!.AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["ASPNETCORE_URLS"] = "http://localhost:15080",
                    ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:19080",
                    ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
                    ["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"] = "a-token",
                });
            },
            cancellationToken);
        var app = await builder.BuildAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("front", cancellationToken);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(DashboardFixture.Dashboard, cancellationToken);
        return app;
    }
}
