using Aspire.Hosting.ApplicationModel;
using Microsoft.Playwright;

namespace SetGet.Tests.Hosting;

/// <summary>Aspire's own dashboard, served by the stand-in, in a browser.</summary>
public sealed class DashboardTests : IClassFixture<DashboardFixture>
{
    private readonly DashboardFixture _fixture;

    public DashboardTests(DashboardFixture fixture) => _fixture = fixture;

    [NeedsFact(DashboardFixture.Needs)]
    public async Task Resources_OfSetGet_AreShownRunningWithTheirLinks()
    {
        var page = await _fixture.OpenAsync();

        foreach (var name in new[] { "redis", "aws", "api", "worker" })
        {
            var row = RowOf(page, name);
            await Assertions.Expect(row).ToContainTextAsync("Running");
            await Assertions.Expect(row).Not.ToContainTextAsync("Unhealthy");
        }

        await Assertions.Expect(RowOf(page, "api").GetByText("Operators")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("worker-2")).ToHaveCountAsync(0);
    }

    [NeedsFact(DashboardFixture.Needs)]
    public async Task ConsoleLog_OfWorker_ShowsItsLines()
    {
        var page = await _fixture.OpenAsync("/consolelogs/resource/worker");

        await Assertions.Expect(page.GetByText("pollers receive").First).ToBeVisibleAsync();
    }

    [NeedsFact(DashboardFixture.Needs)]
    public async Task Restart_ByItsButton_RestartsTheWorker()
    {
        using var limit = new CancellationTokenSource(SampleFixture.Limit, TimeProvider.System);
        Assert.True(_fixture.App.ResourceNotifications.TryGetCurrentState("worker", out var before));
        var page = await _fixture.OpenAsync();

        await RowOf(page, "worker").GetByTitle("Actions").ClickAsync();
        await page.Locator("fluent-menu-item", new PageLocatorOptions { HasText = "Restart" }).ClickAsync();

        var again = await _fixture.App.ResourceNotifications.WaitForResourceAsync(
            "worker",
            e => e.ResourceId == before!.ResourceId
                && e.Snapshot.StartTimeStamp > before.Snapshot.StartTimeStamp
                && e.Snapshot.State?.Text == KnownResourceStates.Running,
            limit.Token);
        Assert.Equal(before!.ResourceId, again.ResourceId);
        await Assertions.Expect(page.GetByText("succeeded").First).ToBeVisibleAsync();
    }

    [NeedsFact(DashboardFixture.Needs)]
    public async Task Page_WithoutToken_AsksForIt()
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(_fixture.Dashboard);

        Assert.EndsWith("/login", answer.RequestMessage?.RequestUri?.AbsolutePath, StringComparison.Ordinal);
    }

    private static ILocator RowOf(IPage page, string name)
        => page.Locator("tr", new PageLocatorOptions { Has = page.GetByText(name, new PageGetByTextOptions { Exact = true }) });
}
