using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SetGet.Tests.EndToEnd;

namespace SetGet.Tests.Ops;

/// <summary>However slow the API is, the page says at once what it waits for.</summary>
[Collection(AppCollection.Name)]
[Needs(Needs.Chromium)]
public sealed partial class OpsWaitingTests : IDisposable
{
    // Asked of the page itself, in the second frame after the change: long before the 200 ms within which people take an answer for immediate.
    private const string Blanks =
        """
        view => new Promise(resolve => {
          location.hash = view;
          requestAnimationFrame(() => requestAnimationFrame(() => {
            const panels = [...document.querySelectorAll('#main section.panel')];
            resolve([
              ...(panels.length ? [] : ['no panel']),
              ...panels.filter(panel => !/Reading|Nothing looked up yet/.test(panel.innerText) && !panel.querySelector('input, .secret')).map(panel => panel.ariaLabel),
            ]);
          }));
        })
        """;

    private readonly OpsSite _ops;

    public OpsWaitingTests(AppFixture app, OpsBrowser browser) => _ops = new OpsSite(app, browser);

    public void Dispose() => _ops.Dispose();

    [Fact]
    public Task SlowApi_EveryPanel_SaysWhatIsAwaited() => _ops.VisitAsync(async page =>
    {
        await page.SignInAsync(OpsSite.RootKey);
        await using var held = await Held.TakeAsync(page);
        foreach (var view in (string[])["#/dead-letters", "#/events?account=ops-slow&key=none", "#/accounts", "#/accounts/ops-slow", "#/accounts/*", "#/accounts/ops-slow/flows/orders", "#/"])
            Assert.Equal([], (await page.EvaluateAsync<string[]>(Blanks, view)).Select(panel => $"{view}: {panel} is blank"));
    });

    [Fact]
    public Task SlowApi_WhateverIsPressed_SaysThatItIsAtWork() => _ops.VisitAsync(async page =>
    {
        await page.SignInAsync(OpsSite.RootKey);
        await page.OpenAsync("#/accounts/ops-slow");
        await page.Button("Create key").ClickAsync();
        await page.GetByLabel("Name").FillAsync("slow");
        await page.GetByLabel("get: read events").CheckAsync();
        await using var held = await Held.TakeAsync(page);
        await page.Modal("Create an API key").Button("Create").ClickAsync();
        await Assertions.Expect(page.Button("Create…")).ToHaveAttributeAsync("aria-busy", "true");
        // A second press while the first is under way would make a second key.
        await page.Button("Create…").ClickAsync();
        Assert.Equal(1, held.Count("/keys", "POST"));
    });

    [Fact]
    public Task SlowApi_TheRootKey_IsSaidToBeTried() => _ops.VisitAsync(async page =>
    {
        await page.GotoAsync("/ops");
        await using var held = await Held.TakeAsync(page);
        await page.GetByLabel("Root key").FillAsync(OpsSite.RootKey);
        await page.Keyboard.PressAsync("Enter");
        await page.Button("Trying the key…").WaitForAsync();
    });

    /// <summary>Requests of the page that get no answer until this is disposed of.</summary>
    private sealed partial class Held(IPage page) : IAsyncDisposable
    {
        private readonly TaskCompletionSource _over = new();
        private readonly List<IRequest> _requests = [];

        public static async Task<Held> TakeAsync(IPage page)
        {
            var held = new Held(page);
            await page.RouteAsync(Numbers(), held.HoldAsync);
            return held;
        }

        public int Count(string end, string method) => _requests.Count(request => request.Method == method && request.Url.EndsWith(end, StringComparison.Ordinal));

        public async ValueTask DisposeAsync()
        {
            _over.SetResult();
            await page.UnrouteAllAsync(new PageUnrouteAllOptions { Behavior = UnrouteBehavior.IgnoreErrors });
        }

        private async Task HoldAsync(IRoute route)
        {
            lock (_requests) _requests.Add(route.Request);
            await _over.Task;
            await route.FulfillAsync(new RouteFulfillOptions { Status = 400, ContentType = "application/problem+json", Body = """{"title":"Let go"}""" });
        }

        [GeneratedRegex("/(ops/api|accounts|get)/|/dead-letters")]
        private static partial Regex Numbers();
    }
}
