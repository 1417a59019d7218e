using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Playwright;
using SetGet.Tests.Ops;

namespace SetGet.Tests.Dashboard;

/// <summary>What the dashboard tells of the resources, and that it goes on when it, or they, were gone.</summary>
[Collection(DashboardCollection.Name)]
public sealed class DashboardResourceTests : IClassFixture<OpsBrowser>
{
    private const string Masked = "●●●●●●●●";

    private readonly DashboardFixture _dashboard;
    private readonly OpsBrowser _browser;

    public DashboardResourceTests(DashboardFixture dashboard, OpsBrowser browser)
    {
        _dashboard = dashboard;
        _browser = browser;
    }

    [NeedsFact(DashboardFixture.Needed)]
    public Task Details_OfTheApi_TellAllThatIsKnown() => OpenAsync("/", async page =>
    {
        await page.OpenDetailsAsync("api");
        await Assertions.Expect(page.Detail("Health state")).ToContainTextAsync("Healthy");
        await Assertions.Expect(page.Detail("Start time")).ToContainTextAsync(OpsPageActions.AnyDigit);
        await Assertions.Expect(page.Detail("Process ID")).ToContainTextAsync(OpsPageActions.AnyDigit);
        await Assertions.Expect(page.Detail("Project path")).ToContainTextAsync("SetGet.Api.csproj");
        await Assertions.Expect(page.Detail("redis").Last).ToContainTextAsync("Reference, WaitFor");
        await Assertions.Expect(page.Detail("api_http_/health_200_check")).ToContainTextAsync("Healthy");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "/ops" })).ToBeVisibleAsync();
    });

    [NeedsFact(DashboardFixture.Needed)]
    public Task Environment_IsMaskedUntilItIsAskedFor() => OpenAsync("/", async page =>
    {
        await page.OpenDetailsAsync("api");
        var rootKey = page.Detail("SetGet__RootKey");
        await Assertions.Expect(rootKey).ToContainTextAsync(Masked);
        await Assertions.Expect(page.GetByText("dev-root-key")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Searchbox).Last.PressSequentiallyAsync("RootKey");
        await Assertions.Expect(page.Detail("SetGet__Telemetry__FlushTimeout")).ToHaveCountAsync(0);
        await rootKey.ShowValueAsync("dev-root-key");
    });

    [NeedsFact(DashboardFixture.Needed)]
    public Task Parameters_AreShown_SecretsMasked() => OpenAsync("/?view=Parameters", async page =>
    {
        await Assertions.Expect(page.ResourceRow("root-key")).ToContainTextAsync("Parameters:root-key");
        await Assertions.Expect(page.ResourceRow("root-key")).ToContainTextAsync(Masked);
        await Assertions.Expect(page.ResourceRow("redis-password")).ToContainTextAsync(Masked);
        await Assertions.Expect(page.GetByText("dev-root-key")).ToHaveCountAsync(0);
        await page.ResourceRow("root-key").ShowValueAsync("dev-root-key");
    });

    [NeedsFact(DashboardFixture.Needed)]
    public Task Graph_DrawsTheRelationships() => OpenAsync("/?view=Graph", async page =>
    {
        foreach (var resource in new[] { "redis", "aws", "api", "worker" })
            await page.Locator(".resource-graph .resource-name").GetByText(resource, new LocatorGetByTextOptions { Exact = true }).First.WaitForAsync();
        // Api and worker each refer to Redis and to the queue; a worker that was started by its command refers to the worker too.
        await Assertions.Expect(page.Locator(".resource-graph line.resource-link").Nth(3)).ToBeAttachedAsync();
        await DashboardTests.KeepAsync(page, "dashboard-graph", page.Locator(".resource-graph .resource-name").First);
    });

    [NeedsFact(DashboardFixture.Needed)]
    public Task Health_WithoutRedis_TellsTheReason() => OpenAsync("/", async page =>
    {
        await CommandAsync("redis", KnownResourceCommands.StopCommand);
        await page.OpenDetailsAsync("api");
        var check = page.Detail("api_http_/health_200_check");
        await Assertions.Expect(check).ToContainTextAsync("Unhealthy");
        await Assertions.Expect(check).ToContainTextAsync("answered 503");
        await CommandAsync("redis", KnownResourceCommands.StartCommand);
        await Assertions.Expect(page.Detail("Health state")).ToContainTextAsync("Healthy");
        await _dashboard.SendAsync("after-redis");
    });

    [NeedsFact(DashboardFixture.Needed)]
    public Task ConsoleLog_OfARestartedResource_GoesOn() => OpenAsync("/consolelogs/resource/worker", async page =>
    {
        var started = page.GetByText("pollers receive from setget-events");
        await started.First.WaitForAsync();
        var before = await started.CountAsync();
        await CommandAsync("worker", KnownResourceCommands.RestartCommand);
        await Assertions.Expect(started).ToHaveCountAsync(before + 1);
    });

    [NeedsFact(DashboardFixture.Needed)]
    public Task Dashboard_Killed_ComesBackByItself_AndTheOpenPageWithIt() => OpenAsync("/", async page =>
    {
        await page.EvaluateAsync("() => { window.isOld = true; }");
        Kill();
        await page.WaitForFunctionAsync("() => window.isOld === undefined", null, new PageWaitForFunctionOptions { Timeout = 4 * OpsBrowser.PatienceMs });
        foreach (var resource in new[] { "redis", "aws", "api", "worker" })
            await Assertions.Expect(page.State(resource)).ToContainTextAsync("Running");

        // What the processes tell from now on arrives.
        var id = await _dashboard.SendAsync("after-kill");
        await page.GotoAsync("/structuredlogs");
        await page.LogRow(id).WaitForAsync();
        await page.GotoAsync("/consolelogs/resource/worker");
        await page.GetByText("pollers receive from setget-events").First.WaitForAsync();
        await page.GotoAsync("/metrics/resource/worker");
        await page.GetByRole(AriaRole.Treeitem, new PageGetByRoleOptions { Name = "setget.queue.depth" }).WaitForAsync();
    });

    [NeedsFact(DashboardFixture.Needed)]
    public async Task Telemetry_OverHttp_IsTakenWithItsKeyAlone()
    {
        using var http = new HttpClient { BaseAddress = _dashboard.App.GetEndpoint(DashboardFixture.Dashboard, "otlp-http") };
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(null));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("another"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(DashboardFixture.OtlpKey));

        async Task<HttpStatusCode> PostAsync(string? key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/traces") { Content = new ByteArrayContent([]) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
            if (key is not null) request.Headers.Add("x-otlp-api-key", key);
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    private void Kill()
    {
        Assert.True(_dashboard.App.ResourceNotifications.TryGetCurrentState(DashboardFixture.Dashboard, out var now));
        using var process = Process.GetProcessById((int)now.Snapshot.Properties.Single(p => p.Name == "executable.pid").Value!);
        process.Kill();
    }

    private async Task CommandAsync(string resource, string command)
    {
        var result = await _dashboard.App.ResourceCommands.ExecuteCommandAsync(resource, command);
        Assert.True(result.Success, result.Message);
    }

    private Task OpenAsync(string path, Func<IPage, Task> visit) => _browser.LookAsync(_dashboard.Page, async page =>
    {
        await page.LogInAsync(_dashboard, path);
        await visit(page);
    });
}
