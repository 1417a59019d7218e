using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SetGet.Tests.EndToEnd;

namespace SetGet.Tests.Ops;

/// <summary>axe-core finds nothing, whatever the page shows: in light and dark, on a desk and on a phone.</summary>
[Collection(AppCollection.Name)]
[Needs(Needs.Chromium | Needs.Npm)]
public sealed partial class OpsAxeTests : IDisposable
{
    private const string Account = "ops-axe";

    private static readonly (int Width, ColorScheme Scheme)[] Looks =
        [(OpsSite.Desk, ColorScheme.Light), (OpsSite.Desk, ColorScheme.Dark), (OpsSite.Phone, ColorScheme.Light), (OpsSite.Phone, ColorScheme.Dark)];

    private readonly OpsSite _ops;
    private readonly List<string> _findings = [];

    public OpsAxeTests(AppFixture app, OpsBrowser browser) => _ops = new OpsSite(app, browser);

    public void Dispose() => _ops.Dispose();

    [Fact]
    public async Task EveryState_OfThePage_HasNoFinding()
    {
        var key = await _ops.StoreAsync(Account, "orders", """{"orderId":1,"paid":true,"note":null}""");
        await _ops.SetUpAccountAsync(Account);
        var letter = await _ops.AddDeadLetterAsync("sender-not-allowed", Account, OpsSite.NewKey(), "1");
        await _ops.VisitAsync(async page =>
        {
            await page.BringAxeAsync();
            await page.GotoAsync("/ops");
            await page.GetByLabel("Root key").FillAsync("not the key");
            await page.Keyboard.PressAsync("Enter");
            await page.GetByText("That is not the root key").WaitForAsync();
            await LookAsync(page, "a refused key");
            await page.SignInAsync(OpsSite.RootKey);
            await page.GetByText("Live", new PageGetByTextOptions { Exact = true }).WaitForAsync();
            await LookAsync(page, "flow");
            await LookAtDeadLettersAsync(page, letter);
            await LookAtEventsAsync(page, key);
            await LookAtAccountsAsync(page);
        });
        await _ops.DropAsync(letter);
        AssertNoFinding();
    }

    /// <summary>Requests that are never answered: the page as it is while it waits, and, let go without an answer, after that.</summary>
    [Fact]
    public Task Waiting_AndFailed_HaveNoFinding() => _ops.VisitAsync(async page =>
    {
        await page.BringAxeAsync();
        await page.SignInAsync(OpsSite.RootKey);
        var held = new TaskCompletionSource();
        await page.RouteAsync(Numbers(), async route =>
        {
            await held.Task;
            await route.FulfillAsync(new RouteFulfillOptions { Status = 400, ContentType = "application/problem+json", Body = """{"title":"Played","detail":"The test says no."}""" });
        });
        await page.OpenAsync($"#/accounts/{Account}");
        await page.Region("API keys").GetByText("Reading the API keys…").WaitForAsync();
        await LookAsync(page, "an account that is waited for");
        held.SetResult();
        await page.Region("API keys").GetByText("The test says no.").WaitForAsync();
        await LookAsync(page, "an account that failed");
        AssertNoFinding();
    });

    private async Task LookAtDeadLettersAsync(IPage page, string letter)
    {
        await page.OpenAsync("#/dead-letters");
        await page.Look(letter).WaitForAsync();
        await LookAsync(page, "dead letters");
        await page.Look(letter).ClickAsync();
        await page.Modal("Dead letter").WaitForAsync();
        await LookAsync(page, "a dead letter");
        await page.Modal("Dead letter").Button("Redrive").ClickAsync();
        await page.Modal("Redrive this dead letter?").WaitForAsync();
        await LookAsync(page, "a question");
        await page.Keyboard.PressAsync("Escape");
    }

    private async Task LookAtEventsAsync(IPage page, string key)
    {
        await page.OpenAsync("#/events");
        await page.Button("Look up").ClickAsync();
        await page.GetByText("Enter a webhook key.").WaitForAsync();
        await LookAsync(page, "nothing to look up");
        await page.OpenAsync($"#/events?account={Account}&key={key}");
        await page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "data" }).First.WaitForAsync();
        await LookAsync(page, "events");
        await page.OpenAsync($"#/events?account={Account}&key=none");
        await page.GetByText("No events under this key").WaitForAsync();
        await LookAsync(page, "no events");
    }

    private async Task LookAtAccountsAsync(IPage page)
    {
        await page.OpenAsync("#/accounts");
        await Assertions.Expect(page.GetByText("Reading")).ToHaveCountAsync(0);
        await LookAsync(page, "accounts");
        await page.OpenAsync($"#/accounts/{Account}");
        await Assertions.Expect(page.GetByText("Reading")).ToHaveCountAsync(0);
        await LookAsync(page, "an account");
        await page.Button("Create key").ClickAsync();
        await page.Modal("Create an API key").WaitForAsync();
        await LookAsync(page, "a form");
        await page.Keyboard.PressAsync("Escape");
        await page.OpenAsync($"#/accounts/{Account}/flows/orders");
        await page.GetByLabel("How the sender signs").WaitForAsync();
        await LookAsync(page, "a flow");
    }

    private async Task LookAsync(IPage page, string state)
    {
        foreach (var (width, scheme) in Looks)
        {
            await page.SetViewportSizeAsync(width, 860);
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            _findings.AddRange((await page.AxeFindingsAsync()).Select(finding => $"{state}, {width} pixels wide, {scheme}: {finding}"));
        }
    }

    /// <summary>All of them at once: a page is mended in one go.</summary>
    private void AssertNoFinding() => Assert.Equal("", string.Join(Environment.NewLine, _findings));

    [GeneratedRegex("/(ops/api|accounts|dead-letters|get)/")]
    private static partial Regex Numbers();
}
