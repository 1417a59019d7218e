using System.Net;
using System.Net.Http.Headers;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Playwright;
using SetGet.Tests.Ops;

namespace SetGet.Tests.Dashboard;

/// <summary>What the dashboard tells of the resources, and that it goes on when they were gone.</summary>
[Collection(DashboardCollection.Name)]
public sealed class DashboardResourceTests
{
    private const string Masked = "●●●●●●●●";

    private readonly DashboardFixture _dashboard;
    private readonly OpsBrowser _browser;

    public DashboardResourceTests(DashboardFixture dashboard, OpsBrowser browser)
    {
        _dashboard = dashboard;
        _browser = browser;
    }

    [Fact]
    public Task Details_OfTheApi_TellAllThatIsKnown() => OpenAsync("/", async page =>
    {
        await page.OpenDetailsAsync("api");
        await Assertions.Expect(page.Detail("Health state")).ToContainTextAsync("Healthy");
        await Assertions.Expect(page.Detail("Start time")).ToContainTextAsync(OpsPageActions.AnyDigit);
        await Assertions.Expect(page.Detail("Process ID")).ToContainTextAsync(OpsPageActions.AnyDigit);
        await Assertions.Expect(page.Detail("Project path")).ToContainTextAsync("SetGet.Api.csproj");
        await Assertions.Expect(page.Detail("redis").Last).ToContainTextAsync("Reference");
        await Assertions.Expect(page.Detail("api_http_/health_200_check")).ToContainTextAsync("Healthy");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "/ops" })).ToBeVisibleAsync();
    });

    [Fact]
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

    [Fact]
    public Task Parameters_AreShown_SecretsMasked() => OpenAsync("/?view=Parameters", async page =>
    {
        await Assertions.Expect(page.ResourceRow("root-key")).ToContainTextAsync("Parameters:root-key");
        await Assertions.Expect(page.ResourceRow("root-key")).ToContainTextAsync(Masked);
        await Assertions.Expect(page.GetByText("dev-root-key")).ToHaveCountAsync(0);
        await page.ResourceRow("root-key").ShowValueAsync("dev-root-key");
    });

    [Fact]
    public Task Graph_DrawsTheRelationships() => OpenAsync("/?view=Graph", async page =>
    {
        foreach (var resource in new[] { "redis", "aws", "api", "worker" })
            await page.Locator(".resource-graph .resource-name").GetByText(resource, new LocatorGetByTextOptions { Exact = true }).First.WaitForAsync();
        // Api and worker each refer to Redis and to the queue; a worker that was started by its command refers to the worker too.
        await Assertions.Expect(page.Locator(".resource-graph line.resource-link").Nth(3)).ToBeAttachedAsync();
        await DashboardTests.KeepAsync(page, "dashboard-graph", page.Locator(".resource-graph .resource-name").First);
    });

    [Fact]
    public Task Health_WithoutRedis_TellsTheReason() => OpenAsync("/", async page =>
    {
        await _dashboard.CommandAsync("redis", KnownResourceCommands.StopCommand);
        // Aspire asks a healthy resource every half minute only, one that starts at once.
        await _dashboard.CommandAsync("api", KnownResourceCommands.RestartCommand);
        await page.OpenDetailsAsync("api");
        var check = page.Detail("api_http_/health_200_check");
        await Assertions.Expect(check).ToContainTextAsync("Unhealthy");
        await Assertions.Expect(check).ToContainTextAsync("returned 503 ServiceUnavailable");
        await _dashboard.CommandAsync("redis", KnownResourceCommands.StartCommand);
        await Assertions.Expect(page.Detail("Health state")).ToContainTextAsync("Healthy");
        await _dashboard.SendAsync("after-redis");
    });

    [Fact]
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

    private Task OpenAsync(string path, Func<IPage, Task> visit) => _browser.LookAsync(_dashboard.Page, async page =>
    {
        await page.LogInAsync(path);
        await visit(page);
    });
}
