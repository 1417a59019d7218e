using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SetGet.Tests.Core;
using SetGet.Tests.Ops;

namespace SetGet.Tests.Dashboard;

/// <summary>Aspire's own dashboard over SetGet's app host, in a real browser.</summary>
[Collection(DashboardCollection.Name)]
public sealed partial class DashboardTests
{
    /// <summary>The span of the script that stores an event. The dashboard adds the system where a span names it by the older convention.</summary>
    private const string Written = "worker: (DATA redis )?EVAL";

    /// <summary>Whether the page is as it was when this was asked last: the graph fades in, and finds its places.</summary>
    private const string StandsStill = "() => { const now = document.body.innerHTML, still = now === window.before; window.before = now; return still; }";

    /// <summary>Takes the folder of the machine that draws out of the paths on the page.</summary>
    private const string Shorten = """
        folder => {
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replaceAll(folder, "");
        }
        """;

    // The last one is the picture's.
    private static readonly (string Resource, string Instrument, string Description)[] Metrics =
    [
        ("worker", "setget.queue.oldest_message.age", "Age of the oldest message"),
        ("worker", "setget.queue.depth", "Messages that wait in the events queue"),
        ("api", "setget.keys.live", "Webhook keys of all accounts that have an event"),
        ("api", "setget.events.accepted", "Events that were answered with 202"),
    ];

    private static readonly string[] Resources = ["redis", "aws", "api", "worker"];

    private readonly DashboardFixture _dashboard;
    private readonly OpsBrowser _browser;

    public DashboardTests(DashboardFixture dashboard, OpsBrowser browser)
    {
        _dashboard = dashboard;
        _browser = browser;
    }

    [Fact]
    public Task Login_WithoutTheToken_IsAskedFor() => OpenAsync(async page =>
    {
        await page.GotoAsync("/");
        await Assertions.Expect(page).ToHaveURLAsync(LoginPage);
        await Assertions.Expect(page.GetByText("worker")).ToHaveCountAsync(0);
    });

    [Fact]
    public Task Resources_AfterTheLoginByAddress_AreAllHealthy() => OpenAsync(async page =>
    {
        await page.LogInAsync();
        foreach (var resource in Resources)
        {
            await Assertions.Expect(page.ResourceRow(resource)).ToHaveCountAsync(1);
            await Assertions.Expect(page.State(resource)).ToContainTextAsync("Running");
        }

        await Assertions.Expect(page.GetByText("Unhealthy")).ToHaveCountAsync(0);
        await KeepAsync(page, "dashboard-resources", page.ResourceRow("worker"));
    });

    [Fact]
    public Task ConsoleLogs_OfTheResources_AreShown() => OpenAsync(async page =>
    {
        await page.LogInAsync();
        foreach (var (resource, line) in new[] { ("worker", "pollers receive from setget-events"), ("api", "Application started"), ("aws", "SQS on http"), ("redis", "Redis (Garnet") })
        {
            await page.GotoAsync($"/consolelogs/resource/{resource}");
            await page.GetByText(line).First.WaitForAsync();
        }
    });

    [Fact]
    public Task StructuredLogs_FilteredByTheEvent_ShowItsLine() => OpenAsync(async page =>
    {
        var id = await _dashboard.SendAsync("filtered");
        await page.LogInAsync("/structuredlogs");
        await page.FindLogAsync(id);
        await Assertions.Expect(page.LogRow(id).GetByRole(AriaRole.Gridcell).First).ToHaveTextAsync("api");
    });

    [Fact]
    public Task Metrics_OfSetGet_AreDrawn() => OpenAsync(async page =>
    {
        await _dashboard.SendAsync("measured");
        await page.LogInAsync();
        var line = page.Locator(".js-plotly-plot .trace").First;
        foreach (var (resource, instrument, description) in Metrics)
        {
            await page.GotoAsync($"/metrics/resource/{resource}");
            await page.GetByTitle(instrument, new PageGetByTitleOptions { Exact = true }).ClickUntilAsync(page.GetByText(description).First);
            await Assertions.Expect(line).ToBeAttachedAsync();
        }

        await KeepChartAsync(page, line);
    });

    [Fact]
    public Task Event_FromItsTrace_IsFollowedToItsLogLine() => OpenAsync(async page =>
    {
        // The picture is of a process that has warmed up.
        for (var i = 0; Pictures.AreKept && i < 50; i++) await _dashboard.SendAsync("warm-up");
        var id = await _dashboard.SendAsync("followed");
        await page.LogInAsync("/structuredlogs");
        await page.FindLogAsync(id);
        await page.LogRow(id).GetByRole(AriaRole.Link).Last.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(TraceDetail);

        // One trace: accepted, sent, received, processed, written.
        foreach (var span in new[] { "api: POST /set", "api: MSG aws_sqs .*setget-events", "worker: MSG aws_sqs .*setget-events", Written })
            await page.Span(span).First.WaitForAsync();
        await KeepAsync(page, "dashboard-traces", page.Span(Written).First);

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Log entry details" }).First.ClickUntilAsync(page.GetByText($"Accepted event {id}").First);
    });

    private Task OpenAsync(Func<IPage, Task> visit) => _browser.LookAsync(_dashboard.Page, visit);

    /// <summary>A picture of a minute that has something to show.</summary>
    private async Task KeepChartAsync(IPage page, ILocator line)
    {
        if (!Pictures.AreKept) return;
        for (var wave = 0; wave < 600; wave++)
            await Task.WhenAll(Enumerable.Range(0, 4 + (int)(3 * Math.Sin(wave / 9.0))).Select(n => _dashboard.SendAsync($"wave-{n}")));
        await page.GotoAsync(page.Url.Replace("duration=5", "duration=1", StringComparison.Ordinal));
        await KeepAsync(page, "dashboard-metrics", line);
    }

    /// <summary>
    /// A picture of the page as it is, light and dark, where pictures are to be kept. Those of <c>docs/images</c> are drawn by these tests alone, before others
    /// have stopped something: <c>SETGET_SCREENSHOTS=1 dotnet test SetGet.Tests --filter "Resources_After|Graph_Draws|Event_FromItsTrace|Metrics_OfSetGet"</c>.
    /// </summary>
    internal static async Task KeepAsync(IPage page, string name, ILocator ready)
    {
        if (!Pictures.AreKept) return;
        await page.SetViewportSizeAsync(1280, 720);
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            await page.ReloadAsync();
            await ready.WaitForAsync();
            await page.WaitForFunctionAsync(StandsStill, null, new PageWaitForFunctionOptions { PollingInterval = 300 });
            await page.EvaluateAsync(Shorten, StoreServer.Folder.TrimEnd('/') + "/");
            await Pictures.DrawAsync(page, $"{name}-{(scheme == ColorScheme.Light ? "light" : "dark")}");
        }
    }

    [GeneratedRegex("/login")]
    private static partial Regex LoginPage { get; }

    [GeneratedRegex("/traces/detail/[0-9a-f]{32}")]
    private static partial Regex TraceDetail { get; }
}
