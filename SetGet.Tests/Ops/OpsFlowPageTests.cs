using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SetGet.Core.Senders;
using SetGet.Core.Signing;
using SetGet.Tests.Core;
using SetGet.Tests.EndToEnd;

namespace SetGet.Tests.Ops;

/// <summary>A flow's page: a sender is connected by it alone, and what goes wrong is told on it.</summary>
[Collection(AppCollection.Name)]
public sealed class OpsFlowPageTests : IDisposable
{
    private const string Secret = "a-long-enough-secret";
    private const string Body = """{"orderId":4711,"customer":{"id":"C-7"},"tags":["new","gift"]}""";

    private readonly AppFixture _app;
    private readonly OpsSite _ops;

    public OpsFlowPageTests(AppFixture app, OpsBrowser browser)
    {
        _app = app;
        _ops = new OpsSite(app, browser);
    }

    public void Dispose() => _ops.Dispose();

    [Theory, Needs(Needs.Chromium)]
    [InlineData(OpsSite.Desk)]
    [InlineData(OpsSite.Phone)]
    public Task Sender_ConnectedByThePageAlone_IsHeardAndAForgerIsTold(int width) => _ops.VisitAsync(async page =>
    {
        var account = OpsFlowPage.NewAccount();
        await page.SignInAsync(OpsSite.RootKey);
        await page.OpenAsync($"#/accounts/{account}");
        await page.GetByLabel("Flow to open").FillAsync("orders");
        await page.Keyboard.PressAsync("Enter");
        await page.Title("orders").WaitForAsync();
        var deliveries = page.Region("Last deliveries");
        await deliveries.GetByText("None in the last seven days.").WaitForAsync();

        // Without a secret, what comes to the gateway's door for signed webhooks would be dropped.
        var addresses = page.Region("Set up at the sender").Locator(".secret code");
        await Assertions.Expect(addresses.Nth(1)).ToHaveTextAsync(new Uri(_app.GatewayUrl, $"hooks/{account}/orders").AbsoluteUri);
        await page.AddSecretAsync("GitHub", Secret);
        await Assertions.Expect(addresses.Nth(1)).ToHaveTextAsync(new Uri(_app.GatewayUrl, $"signed/{account}/orders").AbsoluteUri);
        await page.Region("Signing secrets").GetByRole(AriaRole.Cell, new LocatorGetByRoleOptions { NameRegex = new Regex("^(Scheme )?GitHub$") }).WaitForAsync();
        await page.GetByLabel("How the sender signs").SelectOptionAsync("GitHub");
        await page.Region("Set up at the sender").GetByText("Payload URL").WaitForAsync();
        await page.RuleAsync(1, "order-{/orderId}");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("{header:X-GitHub-Event}:{/customer/id}");
        await page.GetByText("Not saved yet.").WaitForAsync();
        await page.Button("Save").ClickAsync();
        await page.GetByText("Source saved.").WaitForAsync();
        await Assertions.Expect(page.GetByText("Not saved yet.")).ToHaveCountAsync(0);
        Assert.Equal(
            """{"scheme":"github","keyRules":["order-{/orderId}","{header:X-GitHub-Event}:{/customer/id}"]}""",
            await _ops.GetTextAsync($"/accounts/{account}/flows/orders/source"));

        var (api, gateway) = (await addresses.Nth(0).InnerTextAsync(), await addresses.Nth(1).InnerTextAsync());
        Assert.Equal(HttpStatusCode.Accepted, await OpsFlowPage.SendAsync(api, Body, Secret));
        await deliveries.GetByText("accepted", new LocatorGetByTextOptions { Exact = true }).WaitForAsync();
        await deliveries.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Look up order-4711" }).WaitForAsync();
        // The example is the last event, unless somebody types another.
        await Assertions.Expect(page.Body()).ToHaveValueAsync(Body);
        await page.Rules().GetByText("push:C-7").WaitForAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await OpsFlowPage.SendAsync(api, Body, "another-long-secret"));
        await deliveries.GetByText("signature-invalid").WaitForAsync();
        await deliveries.GetByText("Check that both sides have the same secret").WaitForAsync();
        Assert.Equal(HttpStatusCode.Accepted, await OpsFlowPage.SendAsync(gateway, Body, secret: null));
        await deliveries.GetByText("dropped").WaitForAsync();
        await deliveries.GetByText("signature-missing").WaitForAsync();
        Assert.DoesNotContain(Secret, await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.OverflowAsync());
    }, width);

    [Fact, Needs(Needs.Chromium)]
    public Task Rule_ThatIsWrong_IsToldBesideItsLine_AndTheOthersGoOn() => _ops.VisitAsync(async page =>
    {
        var account = await page.OpenFlowAsync();
        await page.Body().FillAsync(Body);
        await page.RuleAsync(1, "order-{/orderId}");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("tag.{tags}");
        var wrong = page.GetByLabel("Rule 2", new PageGetByLabelOptions { Exact = true });
        await Assertions.Expect(wrong).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.StartsWith("At character 6:", await page.DescriptionAsync(wrong), StringComparison.Ordinal);
        await page.Rules().GetByText("order-4711").WaitForAsync();

        await page.Button("Save").ClickAsync();
        await Assertions.Expect(wrong).ToBeFocusedAsync();
        Assert.StartsWith("At character 6:", await page.DescriptionAsync(wrong), StringComparison.Ordinal);
        Assert.Equal("""{"keyRules":[]}""", await _ops.GetTextAsync($"/accounts/{account}/flows/orders/source"));

        await wrong.FillAsync("tag.{/tags}");
        await page.Rules().GetByText("tag.gift").WaitForAsync();
        await Assertions.Expect(wrong).Not.ToHaveAttributeAsync("aria-invalid", "true");
    });

    [Fact, Needs(Needs.Chromium)]
    public Task TryOut_WhileTyping_ShowsKeysOrWhyThereAreNone_AndStoresNothing() => _ops.VisitAsync(async page =>
    {
        var account = await page.OpenFlowAsync();
        var trial = page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Try-out" });
        await trial.GetByText("Paste an event").WaitForAsync();
        await page.RuleAsync(1, "{header:X-Topic}-{/Id}");
        await page.GetByLabel("Content type").FillAsync("application/x-www-form-urlencoded");
        await page.Body().FillAsync("Id=7&Id=8");
        await page.Rules().GetByText("No key:").WaitForAsync();
        await trial.GetByText("No rule makes a key of it").WaitForAsync();

        await page.GetByLabel("Headers").FillAsync("no colon");
        await trial.GetByText("Line 1 has no colon after a name.").WaitForAsync();
        await page.GetByLabel("Headers").FillAsync("x-topic: a/b");
        await trial.GetByText("Stored under 2 webhook keys:").WaitForAsync();
        await page.Rules().GetByText("a:2Fb-8").WaitForAsync();

        await page.GetByLabel("Content type").FillAsync("application/json");
        await trial.GetByText("Such an event is refused: The body is not JSON").WaitForAsync();
        Assert.Equal("""{"keyRules":[]}""", await _ops.GetTextAsync($"/accounts/{account}/flows/orders/source"));
    });

    [Fact, Needs(Needs.Chromium)]
    public Task SourceAndSecrets_AreDescribedForgottenAndRemoved() => _ops.VisitAsync(async page =>
    {
        var account = await page.OpenFlowAsync();
        await page.Button("Add secret").ClickAsync();
        await page.Modal("Add a signing secret").Button("Add").ClickAsync();
        await page.GetByText("Enter the secret.").WaitForAsync();
        await page.GetByLabel("Secret", new PageGetByLabelOptions { Exact = true }).FillAsync("short");
        await page.Modal("Add a signing secret").Button("Add").ClickAsync();
        await Assertions.Expect(page.GetByLabel("Secret", new PageGetByLabelOptions { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        await page.Keyboard.PressAsync("Escape");
        await page.AddSecretAsync("Another: a hash in a header", Secret);

        await page.GetByLabel("How the sender signs").SelectOptionAsync("Another: a hash in a header");
        await page.Button("Save").ClickAsync();
        await page.GetByRole(AriaRole.Alert).GetByText("Must be").First.WaitForAsync();
        await page.GetByLabel("Header with the signature").FillAsync("X-Sign");
        await page.GetByLabel("Hash", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync("sha512");
        await page.GetByLabel("Or in the body, at").FillAsync("/id");
        await page.Button("Save").ClickAsync();
        await page.GetByText("Source saved.").WaitForAsync();
        var saved = await _ops.GetTextAsync($"/accounts/{account}/flows/orders/source");
        Assert.Contains("\"header\":\"X-Sign\",\"algorithm\":\"sha512\"", saved, StringComparison.Ordinal);
        Assert.Contains("\"idPointer\":\"/id\"", saved, StringComparison.Ordinal);

        await page.Button("Forget the source of the flow").ClickAsync();
        await page.Modal("Forget this source?").Button("Forget").ClickAsync();
        await page.GetByText("Source forgotten.").WaitForAsync();
        await Assertions.Expect(page.GetByLabel("How the sender signs")).ToHaveValueAsync("");
        await page.Region("Signing secrets").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameRegex = new Regex("^Remove the secret of custom") }).ClickAsync();
        await page.Modal("Remove this secret?").Button("Remove").ClickAsync();
        await page.Region("Signing secrets").GetByText("No signing secret").WaitForAsync();
        Assert.Equal("""{"keyRules":[]}""", await _ops.GetTextAsync($"/accounts/{account}/flows/orders/source"));
    });

    [Fact]
    public void Page_KnowsEverySchemeAndHandshake()
    {
        var text = File.ReadAllText(Path.Combine(StoreServer.Folder, "SetGet.Api", "wwwroot", "ops", "js", "schemes.js"));
        foreach (var scheme in SignatureSchemes.Names.Split(", ")) Assert.Contains($"\n  {scheme}: say(", text, StringComparison.Ordinal);
        foreach (var handshake in Handshakes.Names.Split(", ")) Assert.Contains($"['{handshake}', ", text, StringComparison.Ordinal);
        Assert.Contains($"'{Handshakes.TokenScheme}'", text, StringComparison.Ordinal);
    }
}
