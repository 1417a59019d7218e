using System.Net;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Playwright;
using SetGet.Tests.Ops;

namespace SetGet.Tests.Dashboard;

/// <summary>SetGet's own commands and Aspire's, given by clicks, and what comes of them.</summary>
[Collection(DashboardCollection.Name)]
public sealed partial class DashboardCommandTests
{
    private const string Events = "setget-events";
    private const string DeadLetters = "setget-dead-letters";

    private readonly DashboardFixture _dashboard;
    private readonly OpsBrowser _browser;

    public DashboardCommandTests(DashboardFixture dashboard, OpsBrowser browser)
    {
        _dashboard = dashboard;
        _browser = browser;
    }

    [Fact]
    public Task SendATestEvent_IsStoredUnderItsKey() => OpenAsync(async page =>
    {
        using var forgotten = await _dashboard.Api.DeleteAsync("/get/test?account=acme");
        await page.ChooseAsync("api", "Send a test event");
        using var read = await _dashboard.Api.GetAsync("/get/test?account=acme&wait=20");
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Contains("the dashboard", await read.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    });

    [Fact]
    public Task RedriveTheDeadLetters_OnceConfirmed_SendsThemBack() => OpenAsync(async page =>
    {
        await _dashboard.Queues.SendAsync(DeadLetters, $$"""
            {"v":1,"id":"{{Guid.CreateVersion7()}}","acceptedAt":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}},"sender":"root",
            "set":{"accountId":"acme","flowId":"orders","webhookKeys":["redriven-by-click"],"data":"again"} }
            """);
        await page.ChooseAsync("api", "Redrive the dead letters", page.Confirmation());
        await page.Answer("No").ClickAsync();
        await Assertions.Expect(page.Confirmation()).ToHaveCountAsync(0);
        Assert.Equal(1, await _dashboard.Queues.CountAsync(DeadLetters));

        await page.ChooseAndConfirmAsync("api", "Redrive the dead letters", "Send every dead letter back to the queue?");
        using var read = await _dashboard.Api.GetAsync("/get/redriven-by-click?account=acme&wait=20");
        Assert.Equal("\"again\"", await read.Content.ReadAsStringAsync());
    });

    [Fact]
    public Task PurgeAQueue_OnceConfirmed_EmptiesIt() => OpenAsync(async page =>
    {
        // Nobody receives meanwhile.
        await page.ChooseAsync("worker", "Stop");
        await Assertions.Expect(page.State("worker")).ToContainTextAsync("Finished");
        foreach (var (queue, command) in new[] { (Events, "Purge the event queue"), (DeadLetters, "Purge the dead letters") })
        {
            await _dashboard.Queues.SendAsync(queue, "to be purged");
            await page.ChooseAndConfirmAsync("aws", command, $"Delete every message of {queue}?");
            Assert.Equal(0, await _dashboard.Queues.CountAsync(queue));
        }

        await page.ChooseAsync("worker", "Start");
        await Assertions.Expect(page.State("worker")).ToContainTextAsync("Running");
        await _dashboard.SendAsync("after-purge");
    });

    [Fact]
    public Task OneMoreWorker_Works_AndIsStoppedByItsOwnCommand() => OpenAsync(async page =>
    {
        await Assertions.Expect(page.ResourceRow("worker-2")).ToHaveCountAsync(0);
        await page.ChooseAsync("worker", "One more worker");
        await Assertions.Expect(page.State("worker-2")).ToContainTextAsync("Running");
        await page.ChooseAsync("worker", "Stop");
        await _dashboard.SendAsync("by-the-second-worker");
        await page.ChooseAsync("worker", "Start");
        await page.ChooseAsync("worker-2", "Stop");
        await Assertions.Expect(page.State("worker-2")).ToContainTextAsync("Finished");
        await page.GotoAsync("/consolelogs/resource/worker-2");
        await page.GetByText("pollers receive from setget-events").First.WaitForAsync();
    });

    [Fact]
    public Task Command_ThatFails_SaysWhy() => OpenAsync(async page =>
    {
        const string Redrive = "Redrive the dead letters";
        // The dashboard offers it while the API is healthy: the queue goes between the question and the answer.
        await page.ChooseAsync("api", Redrive, page.Confirmation());
        await _dashboard.CommandAsync("aws", KnownResourceCommands.StopCommand);
        await page.Answer("Yes").ClickAsync();
        // The API gives a queue that does not answer its time, twice.
        await page.Told("api", Redrive, "failed").WaitForAsync();
        await page.GetByText(ServerError).First.WaitForAsync();
        await _dashboard.CommandAsync("aws", KnownResourceCommands.StartCommand);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        await Task.WhenAll(new[] { "aws", "api", "worker" }.Select(resource => _dashboard.App.ResourceNotifications.WaitForResourceHealthyAsync(resource, limit.Token)));
        await _dashboard.SendAsync("queue-is-back");
    });

    [Fact]
    public Task Links_OfTheResources_LeadToThePagesAndTheGateway() => OpenAsync(async page =>
    {
        foreach (var (text, title) in new[] { ("Try it", "SetGet API"), ("Operators", "SetGet operations") })
        {
            var opened = await page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = text }).First.ClickAsync());
            await Assertions.Expect(opened).ToHaveTitleAsync(new Regex(title));
            await opened.CloseAsync();
        }

        var address = await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Gateway" }).First.GetAttributeAsync("href");
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri(address + "/set"), null);
        // It is the gateway that asks for a key of its own.
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("an API key of this gateway", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    });

    [GeneratedRegex(@"^\s*50[03]\b")]
    private static partial Regex ServerError { get; }

    private Task OpenAsync(Func<IPage, Task> visit) => _browser.LookAsync(_dashboard.Page, async page =>
    {
        await page.LogInAsync();
        await visit(page);
    });
}
