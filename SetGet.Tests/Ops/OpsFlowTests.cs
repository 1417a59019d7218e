using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SetGet.Tests.EndToEnd;

namespace SetGet.Tests.Ops;

[Collection(AppCollection.Name)]
[Needs(Needs.Chromium)]
public sealed class OpsFlowTests : IDisposable
{
    private readonly OpsSite _ops;

    public OpsFlowTests(AppFixture app, OpsBrowser browser) => _ops = new OpsSite(app, browser);

    public void Dispose() => _ops.Dispose();

    [Fact]
    public Task SignIn_OtherKeyThanRoot_IsRefused() => _ops.VisitAsync(async page =>
    {
        var (_, secret) = await _ops.CreateKeyAsync("ops-admin", "set", "get", "admin");
        await page.GotoAsync("/ops");
        foreach (var key in new[] { "nobody-knows-this", secret })
        {
            await page.GetByLabel("Root key").FillAsync(key);
            await page.Button("Continue").ClickAsync();
            await page.GetByText("That is not the root key").WaitForAsync();
            Assert.Null(await StoredKeyAsync(page));
        }
    });

    [Fact]
    public Task Key_Entered_IsKeptInTheTabOnly() => _ops.VisitAsync(async page =>
    {
        await page.SignInAsync(OpsSite.RootKey);
        await page.ReloadAsync();
        await page.Title("Traffic").WaitForAsync();
        Assert.Equal(OpsSite.RootKey, await StoredKeyAsync(page));
        Assert.DoesNotContain(OpsSite.RootKey, await page.EvaluateAsync<string>("() => JSON.stringify({ ...localStorage }) + document.cookie + location.href"), StringComparison.Ordinal);

        await page.Button("Forget the key in this tab").ClickAsync();
        await page.GetByLabel("Root key").WaitForAsync();
        Assert.Null(await StoredKeyAsync(page));
        Assert.False(await page.Button("Forget the key in this tab").IsVisibleAsync());
    });

    [Fact]
    public Task Rates_EventsFlow_AreShown() => _ops.VisitAsync(async page =>
    {
        await page.SignInAsync(OpsSite.RootKey);
        var key = await _ops.StoreAsync("ops-flow", "rates", "{\"n\":1}");
        await _ops.ReadAsync("ops-flow", key);

        foreach (var series in new[] { "Accepted", "Stored", "Read" })
        {
            // The sum of the last minutes is above zero once the processes have reported.
            var card = page.Region($"{series} per second");
            await Assertions.Expect(card.GetByText("in 3 min,")).ToHaveTextAsync(new Regex("^[1-9]"));
            await Assertions.Expect(card.GetByRole(AriaRole.Img)).ToHaveAttributeAsync("aria-label", new Regex("at most [0-9.]*[1-9]"));
        }

        await page.GetByText("Live", new PageGetByTextOptions { Exact = true }).WaitForAsync();
        await page.Button("15 min").ClickAsync();
        await page.Region("Stored per second").GetByText("in 15 min,").WaitForAsync();
    });

    [Fact]
    public Task Queue_MessagesWaited_DepthAndOldestMessageAreShown() => _ops.VisitAsync(async page =>
    {
        await page.SignInAsync(OpsSite.RootKey);
        await _ops.StoreAsync("ops-flow", "waits", "1");
        var queue = page.Region("Queue");
        foreach (var figure in new[] { "Waiting", "In flight", "Delayed" })
            await Assertions.Expect(queue.Locator(".figure", new LocatorLocatorOptions { HasText = figure }).Locator("dd > span")).ToHaveTextAsync(OpsPageActions.AnyDigit);
        await queue.GetByText("of what workers received just now").WaitForAsync();

        // Once the queue is empty there is no oldest message.
        await queue.GetByText("The queue is empty. What workers received").WaitForAsync();
        await Assertions.Expect(queue.Locator(".figure", new LocatorLocatorOptions { HasText = "Oldest message" }).Locator("dd > span")).ToHaveTextAsync("none");
    });

    [Fact]
    public Task OldestMessage_WithoutAWorker_IsNotWhatTheLastOneHadWaited() => _ops.VisitAsync(async page =>
    {
        await AnswerAsync(page, "**/ops/api/flow**", """{"accepted":[0],"stored":[0],"read":[0],"deadLettered":[0],"wait":{"milliseconds":5,"secondsAgo":59}}""");
        await AnswerAsync(page, "**/ops/api/queues**", """{"events":{"visible":1,"inFlight":0,"delayed":0},"deadLetters":{"visible":0,"inFlight":0,"delayed":0}}""");
        await page.SignInAsync(OpsSite.RootKey);
        await page.Region("Queue").GetByText("No worker has received one for 59 s: is one running?").WaitForAsync();
        await Assertions.Expect(page.Region("Queue").Locator(".figure", new LocatorLocatorOptions { HasText = "Oldest message" }).Locator("dd > span")).ToHaveTextAsync("unknown");
    });

    [Fact]
    public Task Api_DoesNotAnswer_PageSaysSoAndRecovers() => _ops.VisitAsync(async page =>
    {
        await page.SignInAsync(OpsSite.RootKey);
        await page.GetByText("Live", new PageGetByTextOptions { Exact = true }).WaitForAsync();
        await page.RouteAsync("**/ops/api/flow**", route => route.FulfillAsync(new RouteFulfillOptions
        {
            Status = 403,
            ContentType = "application/problem+json",
            Body = """{"title":"Cannot","status":403,"detail":"The store is being moved."}""",
        }));
        await page.GetByText("The store is being moved.").WaitForAsync();
        await page.UnrouteAsync("**/ops/api/flow**");
        await page.GetByText("Live", new PageGetByTextOptions { Exact = true }).WaitForAsync();
    });

    private static Task AnswerAsync(IPage page, string url, string json)
        => page.RouteAsync(url, route => route.FulfillAsync(new RouteFulfillOptions { ContentType = "application/json", Body = json }));

    private static Task<string?> StoredKeyAsync(IPage page) => page.EvaluateAsync<string?>("() => sessionStorage.getItem('setget.ops.key')");
}
