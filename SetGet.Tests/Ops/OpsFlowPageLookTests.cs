using Microsoft.Playwright;
using SetGet.Tests.EndToEnd;

namespace SetGet.Tests.Ops;

/// <summary>How a flow's page looks and is operated: in both themes, at both widths, by keyboard, with a name for each control and text that can be read.</summary>
[Collection(AppCollection.Name)]
[Needs(Needs.Chromium)]
public sealed class OpsFlowPageLookTests : IDisposable
{
    private const string Secret = "a-long-enough-secret";

    private readonly AppFixture _app;
    private readonly OpsSite _ops;

    public OpsFlowPageLookTests(AppFixture app, OpsBrowser browser)
    {
        _app = app;
        _ops = new OpsSite(app, browser);
    }

    public void Dispose() => _ops.Dispose();

    [Theory]
    [InlineData(ColorScheme.Light, OpsSite.Desk, "light-wide")]
    [InlineData(ColorScheme.Dark, OpsSite.Desk, "dark-wide")]
    [InlineData(ColorScheme.Light, OpsSite.Phone, "light-narrow")]
    [InlineData(ColorScheme.Dark, OpsSite.Phone, "dark-narrow")]
    public Task Page_InUse_CanBeReadAndFitsItsWidth(ColorScheme scheme, int width, string name) => _ops.VisitAsync(
        async page =>
        {
            var account = await page.OpenFlowAsync();
            await page.AddSecretAsync("GitHub", Secret);
            var address = new Uri(_app.Api.BaseAddress!, $"/hooks/{account}/orders/order-4711").AbsoluteUri;
            await OpsFlowPage.SendAsync(address, """{"orderId":4711,"customer":{"id":"C-7"},"tags":["new","gift"]}""", "another-long-secret");
            await OpsFlowPage.SendAsync(address, """{"orderId":4711,"customer":{"id":"C-7"},"tags":["new","gift"]}""", Secret);
            await page.Region("Last deliveries").GetByText("signature-invalid").WaitForAsync();
            await Assertions.Expect(page.Body()).Not.ToHaveValueAsync("");
            await page.GetByLabel("How the sender signs").SelectOptionAsync("Another: a hash in a header");
            foreach (var (at, rule) in new[] { (1, "order-{/orderId}"), (2, "shop-{/shop}"), (3, "order-{orderId}") })
            {
                if (at > 1) await page.Button("Add rule").ClickAsync();
                await page.RuleAsync(at, rule);
            }

            await page.Rules().GetByText("At character 8").WaitForAsync();
            await page.Rules().GetByText("No key: /shop").WaitForAsync();
            await Pictures.DrawAsync(page, $"ops-flow-{name}");
            Assert.Equal(0, await page.OverflowAsync());
            Assert.Empty(await page.ReadingFaultsAsync());
            await page.Button("Add secret").ClickAsync();
            await page.Modal("Add a signing secret").WaitForAsync();
            Assert.Empty(await page.ReadingFaultsAsync());
        },
        width,
        scheme: scheme);

    [Fact]
    public Task ReadingFaults_OfWhatCannotBeRead_AreFound() => _ops.VisitAsync(async page =>
    {
        await page.SignInAsync(OpsSite.RootKey);
        Assert.Empty(await page.ReadingFaultsAsync());
        await page.EvaluateAsync("() => { const bad = document.createElement('button'); document.querySelector('main').append(bad); }");
        await page.EvaluateAsync("() => { const bad = document.createElement('p'); bad.textContent = 'pale'; bad.style.color = '#ddd'; document.querySelector('main').append(bad); }");
        Assert.Equal(2, (await page.ReadingFaultsAsync()).Length);
    });

    [Fact]
    public Task Keyboard_Alone_WritesRulesAndSaves() => _ops.VisitAsync(async page =>
    {
        var account = await page.OpenFlowAsync();
        await page.GetByLabel("Rule 1", new PageGetByLabelOptions { Exact = true }).FocusAsync();
        await page.Keyboard.TypeAsync("a-{/a}");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("b-{/b}");
        await page.Keyboard.PressAsync("Enter");
        // An empty line goes, and the one before it has the focus again.
        await page.Keyboard.PressAsync("Backspace");
        Assert.Equal("Rule 2", await page.FocusedAsync());
        foreach (var next in new[] { "Remove rule 2", "Add rule" })
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.Equal(next, await page.FocusedAsync());
        }

        for (var i = 0; i < 6 && await page.FocusedAsync() != "Save"; i++) await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Source saved.").WaitForAsync();
        Assert.Equal("""{"keyRules":["a-{/a}","b-{/b}"]}""", await _ops.GetTextAsync($"/accounts/{account}/flows/orders/source"));
    });
}
