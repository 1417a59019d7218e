using System.Net.Http.Headers;
using Microsoft.Playwright;
using SetGet.Tests.EndToEnd;

namespace SetGet.Tests.Ops;

[Collection(AppCollection.Name)]
[Needs(Needs.Chromium)]
public sealed class OpsLookUpTests : IDisposable
{
    private const string Account = "ops-look";

    private readonly OpsSite _ops;

    public OpsLookUpTests(AppFixture app, OpsBrowser browser) => _ops = new OpsSite(app, browser);

    public void Dispose() => _ops.Dispose();

    [Theory]
    [InlineData(OpsSite.Desk)]
    [InlineData(OpsSite.Phone)]
    public Task Json_NumbersThatJavaScriptRounds_AreShownAsSent(int width) => _ops.VisitAsync(async page =>
    {
        const string Sent = """{"id":12345678901234567890,"rate":1e400,"twice":1,"twice":2,"html":"<img src=x onerror=alert(1)>","deep":[[{}],[]]}""";
        var key = await _ops.StoreAsync(Account, "json", Sent);
        var data = await FindAsync(page, key);
        var shown = await data.InnerTextAsync();
        Assert.Equal(Sent, string.Concat(shown.Where(letter => !char.IsWhiteSpace(letter))).Replace("<imgsrc=xonerror=", "<img src=x onerror=", StringComparison.Ordinal));
        Assert.Contains("\n  \"id\": 12345678901234567890,", shown, StringComparison.Ordinal);
        await page.Button("Text").ClickAsync();
        await Assertions.Expect(data).ToHaveTextAsync(Sent);
    }, width);

    [Theory]
    [InlineData(OpsSite.Desk)]
    [InlineData(OpsSite.Phone)]
    public Task Binary_IsShownAsHexAndBase64(int width) => _ops.VisitAsync(async page =>
    {
        byte[] sent = [0, 1, 2, 0xff, 0xfe, (byte)'S', (byte)'e', (byte)'t'];
        var key = await _ops.StoreHookAsync(Account, "hook", new ByteArrayContent(sent) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } });
        var data = await FindAsync(page, key);
        await Assertions.Expect(data).ToHaveTextAsync("00000000  00 01 02 ff fe 53 65 74                          .....Set");
        await page.Button("Base64").ClickAsync();
        await Assertions.Expect(data).ToHaveTextAsync(Convert.ToBase64String(sent));
        Assert.Equal(0, await page.Button("JSON").CountAsync());
        await page.Button("Copy data").ClickAsync();
        await page.Button("Copied data").WaitForAsync();
        Assert.Equal(Convert.ToBase64String(sent), await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
    }, width);

    [Theory]
    [InlineData(OpsSite.Desk)]
    [InlineData(OpsSite.Phone)]
    public Task Text_IsShownAsText(int width) => _ops.VisitAsync(async page =>
    {
        var key = await _ops.StoreHookAsync(Account, "hook", new StringContent("state=paid&name=Zoë", System.Text.Encoding.UTF8, "text/plain"));
        await Assertions.Expect(await FindAsync(page, key)).ToHaveTextAsync("state=paid&name=Zoë");
        await page.Button("Copy as curl").ClickAsync();
        await page.Button("Copied as curl").WaitForAsync();
        var site = new Uri(page.Url).GetLeftPart(UriPartial.Authority);
        Assert.Equal(
            $"curl -H \"X-Api-Key: $SETGET_KEY\" \"{site}/get/{Uri.EscapeDataString(key)}?account={Account}\"", await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
    }, width);

    [Theory]
    [InlineData(OpsSite.Desk)]
    [InlineData(OpsSite.Phone)]
    public Task ManyEvents_AreLoadedPageByPage(int width) => _ops.VisitAsync(async page =>
    {
        var key = OpsSite.NewKey();
        for (var i = 0; i < 23; i++) await _ops.StoreAsync(Account, "many", $"{i}", key);
        await FindAsync(page, key);
        await Assertions.Expect(page.GetByRole(AriaRole.Article)).ToHaveCountAsync(20);
        await page.Button("Load more").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Article)).ToHaveCountAsync(23);
        await page.GetByText("23 events, oldest first.").WaitForAsync();
    }, width);

    [Theory]
    [InlineData(OpsSite.Desk)]
    [InlineData(OpsSite.Phone)]
    public Task Key_WithoutEvents_SaysSo(int width) => _ops.VisitAsync(async page =>
    {
        await EnterAsync(page, OpsSite.NewKey());
        await page.GetByText("No events under this key").WaitForAsync();
        await page.GetByLabel("Webhook key").FillAsync("not a key");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Alert).GetByText("The request is not valid").WaitForAsync();
    }, width);

    private async Task<ILocator> FindAsync(IPage page, string key)
    {
        await EnterAsync(page, key);
        var data = page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "data" }).First;
        await data.WaitForAsync();
        return data;
    }

    private async Task EnterAsync(IPage page, string key)
    {
        await page.SignInAsync(OpsSite.RootKey);
        await page.OpenAsync("#/events");
        await page.GetByLabel("Account").FillAsync(Account);
        await page.GetByLabel("Webhook key").FillAsync(key);
        await page.Keyboard.PressAsync("Enter");
    }
}
