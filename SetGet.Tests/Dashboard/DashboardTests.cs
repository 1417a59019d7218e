using System.Text.RegularExpressions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Playwright;
using SetGet.Tests.Ops;

namespace SetGet.Tests.Dashboard;

/// <summary>Aspire's own dashboard over SetGet's app host, in a real browser.</summary>
[Collection(DashboardCollection.Name)]
public sealed partial class DashboardTests : IClassFixture<OpsBrowser>
{
    private static readonly string[] Resources = ["redis", "aws", "api", "worker"];

    private readonly DashboardFixture _dashboard;
    private readonly OpsBrowser _browser;

    public DashboardTests(DashboardFixture dashboard, OpsBrowser browser)
    {
        _dashboard = dashboard;
        _browser = browser;
    }

    [NeedsFact(DashboardFixture.Needed)]
    public Task Login_WithoutTheToken_IsAskedFor() => OpenAsync(async page =>
    {
        await page.GotoAsync("/");
        await Assertions.Expect(page).ToHaveURLAsync(LoginPage);
        await Assertions.Expect(page.GetByText("worker")).ToHaveCountAsync(0);
    });

    [NeedsFact(DashboardFixture.Needed)]
    public Task Resources_AfterTheLoginByAddress_AreAllHealthy() => OpenAsync(async page =>
    {
        await page.GotoAsync(_dashboard.LoginPath);
        foreach (var resource in Resources)
        {
            await Assertions.Expect(Row(page, resource)).ToHaveCountAsync(1);
            await Assertions.Expect(State(page, resource)).ToHaveTextAsync("Running");
        }

        await Assertions.Expect(page.GetByText("Unhealthy")).ToHaveCountAsync(0);
        await KeepAsync(page, "dashboard-resources", Row(page, "worker"));
    });

    [NeedsFact(DashboardFixture.Needed)]
    public Task ConsoleLog_OfTheWorker_IsShownLive() => OpenAsync(async page =>
    {
        await LogInAsync(page, "/consolelogs/resource/worker");
        await page.GetByText("pollers receive from setget-events").First.WaitForAsync();
    });

    [NeedsFact(DashboardFixture.Needed)]
    public Task Restart_OfTheWorkerByItsCommand_StartsItAnew() => OpenAsync(async page =>
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3), TimeProvider.System);
        var resources = _dashboard.App.ResourceNotifications;
        var before = (await resources.WaitForResourceAsync("worker", e => e.Snapshot.StartTimeStamp is not null, limit.Token)).Snapshot.StartTimeStamp;
        var restarted = resources.WaitForResourceAsync(
            "worker", e => e.Snapshot.StartTimeStamp > before && e.Snapshot.HealthStatus == HealthStatus.Healthy, limit.Token);
        await LogInAsync(page, "/");
        await ChooseRestartAsync(page, restarted);
        await restarted;
        await Assertions.Expect(State(page, "worker")).ToHaveTextAsync("Running");
        await _dashboard.SendAsync("after-restart");
    });

    [NeedsFact(DashboardFixture.Needed)]
    public Task StructuredLogs_FilteredByTheEvent_ShowItsLine() => OpenAsync(async page =>
    {
        var id = await _dashboard.SendAsync("filtered");
        await LogInAsync(page, "/structuredlogs");
        await FindLogAsync(page, id);
        await Assertions.Expect(LogRow(page, id).GetByRole(AriaRole.Gridcell).First).ToHaveTextAsync("api");
        await Assertions.Expect(page.GetByText("Now listening on")).ToHaveCountAsync(0);
    });

    [NeedsFact(DashboardFixture.Needed)]
    public Task Metric_OfSetGet_IsDrawn() => OpenAsync(async page =>
    {
        await _dashboard.SendAsync("measured");
        await LogInAsync(page, "/metrics/resource/api");
        await page.GetByRole(AriaRole.Treeitem, new PageGetByRoleOptions { Name = "setget.events.accepted" }).ClickAsync();
        await page.GetByText("Events that were answered with 202").First.WaitForAsync();
        var line = page.Locator(".js-plotly-plot .trace").First;
        await Assertions.Expect(line).ToBeAttachedAsync();
        await KeepAsync(page, "dashboard-metrics", page.Locator(".js-plotly-plot").First);
    });

    [NeedsFact(DashboardFixture.Needed)]
    public Task Event_FromItsTrace_IsFollowedToItsLogLine() => OpenAsync(async page =>
    {
        var id = await _dashboard.SendAsync("followed");
        await LogInAsync(page, "/structuredlogs");
        await FindLogAsync(page, id);
        await LogRow(page, id).GetByRole(AriaRole.Link).Last.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(TraceDetail);

        // One trace: accepted, sent, received, processed, written.
        foreach (var span in new[] { "api: POST /set", "api: MSG aws_sqs setget-events", "worker: MSG aws_sqs setget-events", "worker: EVAL" })
            await page.GetByRole(AriaRole.Gridcell, new PageGetByRoleOptions { Name = span }).First.WaitForAsync();
        await KeepAsync(page, "dashboard-traces", page.GetByRole(AriaRole.Gridcell, new PageGetByRoleOptions { Name = "worker: EVAL" }).First);

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Log entry details" }).First.ClickAsync();
        await page.GetByText($"Accepted event {id}").First.WaitForAsync();
    });

    private Task OpenAsync(Func<IPage, Task> visit) => _browser.LookAsync(_dashboard.Page, visit);

    private async Task LogInAsync(IPage page, string path)
    {
        await page.GotoAsync(_dashboard.LoginPath);
        await Row(page, "worker").WaitForAsync();
        if (path != "/") await page.GotoAsync(path);
    }

    /// <summary>
    /// Chooses the command in the row's menu. A click on a menu that the dashboard's server has just drawn may go astray, so that it is repeated until the
    /// start time in the row is another.
    /// </summary>
    private static async Task ChooseRestartAsync(IPage page, Task restarted)
    {
        const float NoticedMs = 15_000;
        var started = Row(page, "worker").GetByRole(AriaRole.Gridcell).Nth(2);
        var before = await started.InnerTextAsync();
        while (!restarted.IsCompleted)
        {
            await Row(page, "worker").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Actions" }).ClickAsync();
            await page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = "Restart", Exact = true }).ClickAsync();
            try
            {
                await Assertions.Expect(started).Not.ToHaveTextAsync(before, new LocatorAssertionsToHaveTextOptions { Timeout = NoticedMs });
                return;
            }
            catch (PlaywrightException)
            {
                await page.ReloadAsync();
                await Row(page, "worker").WaitForAsync();
            }
        }
    }

    private static ILocator State(IPage page, string resource) => Row(page, resource).GetByRole(AriaRole.Gridcell).Nth(1);

    /// <summary>A picture of the page as it is, light and dark, where pictures are to be kept.</summary>
    private static async Task KeepAsync(IPage page, string name, ILocator ready)
    {
        if (!Pictures.AreKept) return;
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            await page.ReloadAsync();
            await ready.WaitForAsync();
            await Pictures.DrawAsync(page, $"{name}-{(scheme == ColorScheme.Light ? "light" : "dark")}");
        }
    }

    private static ILocator Row(IPage page, string resource) =>
        page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions
        {
            Has = page.GetByRole(AriaRole.Gridcell, new PageGetByRoleOptions { NameRegex = new Regex($": {resource}$") }),
        });

    private static ILocator LogRow(IPage page, string id) =>
        page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = $"Accepted event {id}" });

    /// <summary>Filters by the event's id. The line arrives with the next export.</summary>
    private static async Task FindLogAsync(IPage page, string id)
    {
        var filter = page.GetByRole(AriaRole.Searchbox).First;
        await filter.ClickAsync();
        await filter.PressSequentiallyAsync(id);
        await LogRow(page, id).WaitForAsync();
    }

    [GeneratedRegex("/login")]
    private static partial Regex LoginPage { get; }

    [GeneratedRegex("/traces/detail/[0-9a-f]{32}")]
    private static partial Regex TraceDetail { get; }
}
