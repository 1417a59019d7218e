using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SetGet.Tests.EndToEnd;

namespace SetGet.Tests.Ops;

[Collection(AppCollection.Name)]
[Needs(Needs.Chromium)]
public sealed class OpsAccessibilityTests : IDisposable
{
    private static readonly string[] Views =
    [
        "#/", "#/dead-letters", "#/events?account=ops-look&key=wide", "#/accounts", "#/accounts/ops-look",
        "#/accounts/ops-look/flows/orders", "#/accounts/*",
    ];

    private readonly OpsSite _ops;

    public OpsAccessibilityTests(AppFixture app, OpsBrowser browser) => _ops = new OpsSite(app, browser);

    public void Dispose() => _ops.Dispose();

    [Fact]
    public Task Keyboard_Alone_LooksAtADeadLetterAndDropsIt() => _ops.VisitAsync(async page =>
    {
        var id = await _ops.AddDeadLetterAsync("by-keyboard", "ops-keys", OpsSite.NewKey(), "1");
        await page.GotoAsync("/ops");
        await page.Keyboard.TypeAsync(OpsSite.RootKey);
        await page.Keyboard.PressAsync("Enter");
        await page.Title("Traffic").WaitForAsync();

        await TabToAsync(page, "Dead letters");
        await page.Keyboard.PressAsync("Enter");
        await page.Look(id).WaitForAsync();
        Assert.Equal("Dead letters", await page.FocusedAsync());
        await TabToAsync(page, $"Look at dead letter {id}");
        await page.Keyboard.PressAsync("Enter");
        await page.Modal("Dead letter").WaitForAsync();

        // Escape closes, and the focus is where it was.
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Modal("Dead letter")).ToHaveCountAsync(0);
        Assert.Equal($"Look at dead letter {id}", await page.FocusedAsync());
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "Drop");
        await page.Keyboard.PressAsync("Enter");
        await page.Modal("Drop this dead letter?").WaitForAsync();
        Assert.Equal("Cancel", await page.FocusedAsync());
        await TabToAsync(page, "Drop for good");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Dropped.").WaitForAsync();
        Assert.Null(await _ops.FindDeadLetterAsync(id));
    });

    [Fact]
    public Task Keyboard_Alone_RedrivesADeadLetterAndLooksItUp() => _ops.VisitAsync(async page =>
    {
        var key = OpsSite.NewKey();
        var id = await _ops.AddDeadLetterAsync("by-keyboard", "ops-keys", key, "\"sent back\"");
        await page.SignInAsync(OpsSite.RootKey);
        await page.OpenAsync("#/dead-letters");
        await page.Look(id).WaitForAsync();
        await PressAsync(page, page.Look(id));
        await PressAsync(page, page.Modal("Dead letter").Button("Redrive"));
        await PressAsync(page, page.Modal("Redrive this dead letter?").Button("Redrive"));
        await page.GetByText("Sent back to the queue.").WaitForAsync();
        await _ops.WaitForEventAsync("ops-keys", key);

        await PressAsync(page, page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Look up" }));
        await TabToAsync(page, page.GetByLabel("Account"));
        await page.Keyboard.TypeAsync("ops-keys");
        await TabToAsync(page, page.GetByLabel("Webhook key"));
        await page.Keyboard.TypeAsync(key);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "data" }).GetByText("sent back").WaitForAsync();
    });

    [Fact]
    public Task Keyboard_Alone_SetsATtlAndMakesAnApiKey() => _ops.VisitAsync(async page =>
    {
        await page.SignInAsync(OpsSite.RootKey);
        await page.OpenAsync("#/accounts/ops-by-keyboard");
        await page.Region("TTL of the account").GetByText("172,800").Or(page.Region("TTL of the account").GetByText("the default")).WaitForAsync();
        await PressAsync(page, page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new Regex("TTL (for|of) the account") }).First);
        await TabToAsync(page, page.GetByLabel("Kept for"));
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("3");
        await TabToAsync(page, page.GetByLabel("Unit"));
        await page.Keyboard.TypeAsync("hours");
        await PressAsync(page, page.Button("Save"));
        await page.Region("TTL of the account").GetByText("3 hours").WaitForAsync();

        await PressAsync(page, page.Button("Create key"));
        await TabToAsync(page, page.GetByLabel("Name"));
        await page.Keyboard.TypeAsync("by keyboard");
        await TabToAsync(page, page.GetByLabel("get: read events"));
        await page.Keyboard.PressAsync("Space");
        await PressAsync(page, page.Button("Create"));
        await PressAsync(page, page.Modal("The secret of by keyboard").Button("I have stored it"));
        await PressAsync(page, page.Button("Revoke by keyboard"));
        await PressAsync(page, page.Modal("Revoke by keyboard?").Button("Revoke"));
        await page.Region("API keys").GetByText("No API keys").WaitForAsync();
    });

    [Fact]
    public Task Keyboard_SkipLink_LeadsToTheContent() => _ops.VisitAsync(async page =>
    {
        await page.SignInAsync(OpsSite.RootKey);
        await page.ReloadAsync();
        await page.Title("Traffic").WaitForAsync();
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.GetByText("Skip to content").FocusAsync();
        await Assertions.Expect(page.GetByText("Skip to content")).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await page.EvaluateAsync<string>("() => document.activeElement.id"));
    });

    [Fact]
    public Task Focus_OnEveryControl_IsVisible() => _ops.VisitAsync(async page =>
    {
        await page.SignInAsync(OpsSite.RootKey);
        foreach (var view in Views)
        {
            await page.OpenAsync(view);
            await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 }).WaitForAsync();
            for (var i = 0; i < 12; i++)
            {
                await page.Keyboard.PressAsync("Tab");
                Assert.NotEqual("none", await page.EvaluateAsync<string>("() => document.activeElement === document.body ? 'body' : getComputedStyle(document.activeElement).outlineStyle"));
            }
        }
    });

    [Fact]
    public Task Phone_EveryView_FitsItsWidth() => _ops.VisitAsync(
        async page =>
        {
            await _ops.StoreAsync("ops-look", "wide", $$"""{"long":"{{new string('x', 400)}}"}""", "wide");
            await page.GotoAsync("/ops");
            Assert.Equal(0, await page.OverflowAsync());
            await page.SignInAsync(OpsSite.RootKey);
            foreach (var view in Views)
            {
                await page.OpenAsync(view);
                await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 }).WaitForAsync();
                await Assertions.Expect(page.GetByText("Reading")).ToHaveCountAsync(0);
                Assert.Equal(0, await page.OverflowAsync());
                Assert.Empty(await page.ReadingFaultsAsync());
            }
        },
        width: OpsSite.Phone);

    [Fact]
    public Task Theme_FollowsTheSystemUntilToldOtherwise() => _ops.VisitAsync(
        async page =>
        {
            await page.SignInAsync(OpsSite.RootKey);
            var dark = await BackgroundAsync(page);
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Colours: As the system" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Colours: Light" }).WaitForAsync();
            Assert.NotEqual(dark, await BackgroundAsync(page));
            await page.ReloadAsync();
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Colours: Light" }).ClickAsync();
            Assert.Equal(dark, await BackgroundAsync(page));
        },
        scheme: ColorScheme.Dark);

    private static Task<string> BackgroundAsync(IPage page) => page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");

    private static async Task PressAsync(IPage page, ILocator control)
    {
        await TabToAsync(page, control);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task TabToAsync(IPage page, ILocator control)
    {
        await control.WaitForAsync();
        for (var i = 0; i < 60; i++)
        {
            if (await control.EvaluateAsync<bool>("control => control === document.activeElement")) return;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"The Tab key never came to {control}.");
    }

    private static async Task TabToAsync(IPage page, string name)
    {
        var passed = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            passed.Add(await page.FocusedAsync());
            if (passed[^1] == name) return;
        }

        Assert.Fail($"The Tab key never came to '{name}', but to: {string.Join(" | ", passed)}");
    }
}
