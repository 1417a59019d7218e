using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SetGet.Tests.EndToEnd;

namespace SetGet.Tests.Ops;

[Collection(AppCollection.Name)]
[Needs(Needs.Chromium)]
public sealed class OpsAccountTests : IDisposable
{
    private readonly OpsSite _ops;

    public OpsAccountTests(AppFixture app, OpsBrowser browser) => _ops = new OpsSite(app, browser);

    public void Dispose() => _ops.Dispose();

    [Theory]
    [InlineData(OpsSite.Desk)]
    [InlineData(OpsSite.Phone)]
    public Task List_AccountWithAnEvent_IsFoundByItsBeginning(int width) => _ops.VisitAsync(async page =>
    {
        var account = NewAccount();
        await _ops.StoreAsync(account, "orders", "1");
        await _ops.WaitForAccountAsync(account);
        await page.SignInAsync(OpsSite.RootKey);
        await page.OpenAsync("#/accounts");
        await page.GetByLabel("Account begins with").FillAsync(account[..^2]);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = account, Exact = true }).ClickAsync();
        await page.Title(account).WaitForAsync();

        await page.OpenAsync("#/accounts");
        await page.GetByLabel("Account begins with").FillAsync("nobody-is-called-this");
        await page.GetByText("No account begins like this").WaitForAsync();
    }, width);

    [Theory]
    [InlineData(OpsSite.Desk)]
    [InlineData(OpsSite.Phone)]
    public Task AccountTtl_SetChangedRemoved_ShowsSource(int width) => _ops.VisitAsync(async page =>
    {
        var account = await OpenNewAsync(page);
        var panel = page.Region("TTL of the account");
        await panel.GetByText("the default").WaitForAsync();

        await page.Button("Set a TTL for the account").ClickAsync();
        await page.GetByLabel("Kept for").FillAsync("0");
        await page.Button("Save").ClickAsync();
        await page.Modal("TTL of").GetByText("ttlSeconds").WaitForAsync();
        await page.GetByLabel("Kept for").FillAsync("2");
        await page.GetByLabel("Unit").SelectOptionAsync("hours");
        await page.Button("Save").ClickAsync();
        await panel.GetByText("set for the account").WaitForAsync();
        await panel.GetByText("2 hours").WaitForAsync();
        Assert.Contains("7200", await _ops.GetTextAsync($"/accounts/{account}/ttl"), StringComparison.Ordinal);

        await page.Button("Remove the TTL of the account").ClickAsync();
        await page.Modal("Remove this TTL?").Button("Remove").ClickAsync();
        await panel.GetByText("the default").WaitForAsync();
    }, width);

    [Theory]
    [InlineData(OpsSite.Desk)]
    [InlineData(OpsSite.Phone)]
    public Task FlowTtl_LookedUpSetRemoved_ShowsSource(int width) => _ops.VisitAsync(async page =>
    {
        await OpenNewAsync(page);
        var panel = page.Region("TTLs of flows");
        await panel.GetByText("No flow has its own TTL").WaitForAsync();
        await panel.GetByLabel("Flow", new LocatorGetByLabelOptions { Exact = true }).FillAsync("orders");
        await page.Keyboard.PressAsync("Enter");
        await panel.GetByText("the default").WaitForAsync();
        await page.Button("Set a TTL for flow orders").ClickAsync();
        await page.GetByLabel("Kept for").FillAsync("90");
        await page.GetByLabel("Unit").SelectOptionAsync("minutes");
        await page.Button("Save").ClickAsync();
        await panel.GetByText("1 hour 30 minutes").WaitForAsync();
        await panel.GetByText("set for the flow").WaitForAsync();

        await page.Button("Remove the TTL of flow orders").ClickAsync();
        await page.Modal("Remove this TTL?").Button("Remove").ClickAsync();
        await panel.GetByText("No flow has its own TTL").WaitForAsync();
    }, width);

    [Theory]
    [InlineData(OpsSite.Desk)]
    [InlineData(OpsSite.Phone)]
    public Task ApiKey_CreatedAndRevoked_WorksInBetween(int width) => _ops.VisitAsync(async page =>
    {
        var account = await OpenNewAsync(page);
        await page.Button("Create key").ClickAsync();
        await page.Button("Create").ClickAsync();
        await page.GetByText("Enter a name.").WaitForAsync();
        await page.GetByLabel("Name").FillAsync("reader");
        await page.GetByLabel("get: read events").CheckAsync();
        await page.GetByLabel("Expires").SelectOptionAsync("In 30 days");
        await page.Button("Create").ClickAsync();
        var dialog = page.Modal("The secret of reader");
        var secret = await dialog.Locator("code").InnerTextAsync();
        await _ops.WaitForStatusAsync("/get/nothing", secret, HttpStatusCode.NotFound);
        await dialog.Button("I have stored it").ClickAsync();

        var keys = page.Region("API keys");
        // On a phone a cell carries its column's name, too.
        await keys.GetByRole(AriaRole.Cell, new LocatorGetByRoleOptions { NameRegex = new Regex("^(Name )?reader$") }).WaitForAsync();
        Assert.DoesNotContain(secret, await page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, await _ops.GetTextAsync($"/accounts/{account}/keys"), StringComparison.Ordinal);

        await page.Button("Revoke reader").ClickAsync();
        await page.Modal("Revoke reader?").Button("Revoke").ClickAsync();
        await keys.GetByText("No API keys").WaitForAsync();
        await _ops.WaitForStatusAsync("/get/nothing", secret, HttpStatusCode.Unauthorized);
    }, width);

    [Theory]
    [InlineData(OpsSite.Desk)]
    [InlineData(OpsSite.Phone)]
    public Task Flows_ThatEventsCameFor_AreListedAndOpened(int width) => _ops.VisitAsync(async page =>
    {
        var account = NewAccount();
        await _ops.StoreAsync(account, "invoices", "1");
        await _ops.WaitForFlowAsync(account, "invoices");
        await page.SignInAsync(OpsSite.RootKey);
        await page.OpenAsync($"#/accounts/{account}");
        var panel = page.Region("Flows");
        await panel.GetByText("within the hour").WaitForAsync();
        await panel.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "invoices" }).ClickAsync();
        await page.Title("invoices").WaitForAsync();

        await page.OpenAsync($"#/accounts/{NewAccount()}");
        await panel.GetByText("No event has come yet").WaitForAsync();
    }, width);

    [Theory]
    [InlineData(OpsSite.Desk)]
    [InlineData(OpsSite.Phone)]
    public Task LastEvents_AppearAsTheyCome_AreFoundByAnyText_AndLeadToTheData(int width) => _ops.VisitAsync(async page =>
    {
        var account = await OpenNewAsync(page);
        var panel = page.Region("Last events");
        await panel.GetByText("No event in the last day").WaitForAsync();
        var order = await _ops.StoreAsync(account, "orders", "\"the order\"");
        var invoice = await _ops.StoreAsync(account, "invoices", "1");
        await panel.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = $"Look up {invoice}" }).WaitForAsync();

        await panel.GetByLabel("Contains").FillAsync("nothing like this");
        await panel.GetByText("None contains this").WaitForAsync();
        await panel.GetByLabel("Contains").FillAsync("ORDERS");
        await Assertions.Expect(panel.GetByText("stored", new LocatorGetByTextOptions { Exact = true })).ToHaveCountAsync(1);
        await panel.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = $"Look up {order}" }).ClickAsync();
        await page.GetByText("the order").WaitForAsync();
    }, width);

    private async Task<string> OpenNewAsync(IPage page)
    {
        var account = NewAccount();
        await page.SignInAsync(OpsSite.RootKey);
        await page.OpenAsync($"#/accounts/{account}");
        await page.Title(account).WaitForAsync();
        return account;
    }

    private static string NewAccount() => "ops-" + Guid.NewGuid().ToString("N")[..10];
}
