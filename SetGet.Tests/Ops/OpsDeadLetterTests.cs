using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SetGet.Tests.EndToEnd;

namespace SetGet.Tests.Ops;

[Collection(AppCollection.Name)]
[Needs(Needs.Chromium)]
public sealed class OpsDeadLetterTests : IDisposable
{
    private readonly OpsSite _ops;

    public OpsDeadLetterTests(AppFixture app, OpsBrowser browser) => _ops = new OpsSite(app, browser);

    public void Dispose() => _ops.Dispose();

    [Theory]
    [InlineData(OpsSite.Desk)]
    [InlineData(OpsSite.Phone)]
    public Task List_MessageThatIsNoEnvelope_IsShownWithReasonAndBody(int width) => _ops.VisitAsync(async page =>
    {
        // Through the queue and the worker: its reason is the worker's.
        var body = $"this is no envelope: {Guid.NewGuid()}";
        await _ops.SendToQueueAsync(body);
        var letter = await _ops.WaitForDeadLetterAsync(body);

        await OpenListAsync(page);
        await page.Look(letter.Id).ClickAsync();
        var dialog = page.Modal("Dead letter");
        await dialog.GetByText(letter.Reason, new LocatorGetByTextOptions { Exact = true }).WaitForAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Region, new LocatorGetByRoleOptions { Name = "body" })).ToHaveTextAsync(body);
        await dialog.Button("Copy body").ClickAsync();
        await dialog.Button("Copied body").WaitForAsync();
        Assert.Equal(body, await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));

        await dialog.Button("Drop").ClickAsync();
        await page.Modal("Drop this dead letter?").Button("Cancel").ClickAsync();
        Assert.NotNull(await _ops.FindDeadLetterAsync(letter.Id));

        await page.Look(letter.Id).ClickAsync();
        await dialog.Button("Drop").ClickAsync();
        await page.Modal("Drop this dead letter?").Button("Drop for good").ClickAsync();
        await page.GetByText("Dropped.").WaitForAsync();
        await Assertions.Expect(page.Look(letter.Id)).ToHaveCountAsync(0);
        Assert.Null(await _ops.FindDeadLetterAsync(letter.Id));
    }, width);

    [Fact]
    public Task Contains_SomeText_ShowsOnlyTheLettersThatHaveIt() => _ops.VisitAsync(async page =>
    {
        var mark = Guid.NewGuid().ToString("N");
        var wanted = await _ops.AddDeadLetterAsync("mended-cause", "ops-dead", OpsSite.NewKey(), $"\"{mark}\"");
        var other = await _ops.AddDeadLetterAsync("mended-cause", "ops-dead", OpsSite.NewKey(), "1");
        await OpenListAsync(page);
        await page.Look(other).WaitForAsync();
        await page.GetByLabel("Contains").FillAsync(mark.ToUpperInvariant());
        await Assertions.Expect(page.Look(other)).ToHaveCountAsync(0);
        await page.Look(wanted).WaitForAsync();
        await page.GetByText("1 dead letter shown").WaitForAsync();
        await page.GetByLabel("Contains").FillAsync(mark + "no");
        await page.GetByText("None contains this").WaitForAsync();
        await page.GetByLabel("Contains").FillAsync("");
        await page.Look(other).WaitForAsync();
        foreach (var id in (string[])[wanted, other]) await _ops.DropAsync(id);
    });

    [Theory]
    [InlineData(OpsSite.Desk)]
    [InlineData(OpsSite.Phone)]
    public Task Redrive_One_IsStoredAndGone(int width) => _ops.VisitAsync(async page =>
    {
        var key = OpsSite.NewKey();
        var id = await _ops.AddDeadLetterAsync("mended-cause", "ops-dead", key, """{"exact":12345678901234567890}""");
        await OpenListAsync(page);
        await page.Look(id).ClickAsync();
        await Assertions.Expect(page.Modal("Dead letter").GetByRole(AriaRole.Region, new LocatorGetByRoleOptions { Name = "body" })).ToContainTextAsync("12345678901234567890");
        await page.Modal("Dead letter").Button("Redrive").ClickAsync();
        await page.Modal("Redrive this dead letter?").Button("Redrive").ClickAsync();
        await page.GetByText("Sent back to the queue.").WaitForAsync();
        await Assertions.Expect(page.Look(id)).ToHaveCountAsync(0);
        Assert.Equal("""{"exact":12345678901234567890}""", await _ops.WaitForEventAsync("ops-dead", key));
    }, width);

    [Theory]
    [InlineData(OpsSite.Desk)]
    [InlineData(OpsSite.Phone)]
    public Task Redrive_All_ShowsProgressAndEmptiesTheQueue(int width) => _ops.VisitAsync(async page =>
    {
        var keys = Enumerable.Range(0, 12).Select(_ => OpsSite.NewKey()).ToArray();
        foreach (var key in keys) await _ops.AddDeadLetterAsync("mended-cause", "ops-dead", key, "true");
        await OpenListAsync(page);
        await page.Button("Redrive all").ClickAsync();
        await page.Modal("Redrive all dead letters?").Button("Redrive all").ClickAsync();
        await page.GetByText(new Regex(@"^Redriv(ing: [\d,]+ of [\d,]+|en: [\d,]+ messages) moved$")).WaitForAsync();
        await page.GetByText(new Regex(@"^Redriven: [1-9][\d,]+ messages moved$")).WaitForAsync();
        Assert.Equal(1, await page.GetByLabel("Redrive progress").EvaluateAsync<double>("bar => bar.value / bar.max"));
        foreach (var key in keys) Assert.Equal("true", await _ops.WaitForEventAsync("ops-dead", key));
    }, width);

    [Fact]
    public Task Letter_LeadsToItsFlow_WhereTheCauseIsMended() => _ops.VisitAsync(async page =>
    {
        var id = await _ops.AddDeadLetterAsync("mended-cause", "ops-dead", OpsSite.NewKey(), "1");
        await OpenListAsync(page);
        await page.Look(id).ClickAsync();
        await page.Modal("Dead letter").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Open flow orders" }).ClickAsync();
        await page.Title("orders").WaitForAsync();
        Assert.EndsWith("#/accounts/ops-dead/flows/orders", page.Url, StringComparison.Ordinal);
        await _ops.DropAsync(id);
    });

    [Fact]
    public Task Redriven_AndFailedAsBefore_IsThereAgain() => _ops.VisitAsync(async page =>
    {
        // Between its second and third reading the worker has given the letter up again.
        const string Letter = """{"deadLetters":[{"id":"it","reason":"no-webhook-key","receiveCount":1,"body":"{}"}]}""";
        var answers = new Queue<string>([Letter, """{"deadLetters":[]}"""]);
        await page.RouteAsync("**/dead-letters?**", route => Json(route, answers.TryDequeue(out var answer) ? answer : Letter));
        await page.RouteAsync("**/dead-letters/redrive", route => Json(route, """{"tasks":[{"status":"COMPLETED","moved":1,"toMove":1}]}"""));
        await OpenListAsync(page);
        await page.Look("it").WaitForAsync();
        await page.Button("Redrive all").ClickAsync();
        await page.Modal("Redrive all dead letters?").Button("Redrive all").ClickAsync();
        await page.GetByText("No dead letters").WaitForAsync();
        await page.Look("it").WaitForAsync();

        static Task Json(IRoute route, string body) => route.FulfillAsync(new RouteFulfillOptions { ContentType = "application/json", Body = body });
    });

    [Theory]
    [InlineData(OpsSite.Desk)]
    [InlineData(OpsSite.Phone)]
    public Task Reasons_OneChosen_OnlyItsLettersAreShown(int width) => _ops.VisitAsync(async page =>
    {
        var one = await _ops.AddDeadLetterAsync("first-reason", "ops-dead", OpsSite.NewKey(), "1");
        var other = await _ops.AddDeadLetterAsync("second-reason", "ops-dead", OpsSite.NewKey(), "2");
        await OpenListAsync(page);
        await page.Look(one).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "first-reason 1" }).ClickAsync();
        await Assertions.Expect(page.Look(other)).ToHaveCountAsync(0);
        await Assertions.Expect(page.Look(one)).ToHaveCountAsync(1);
        Assert.StartsWith("first-reason", await page.FocusedAsync(), StringComparison.Ordinal);
        await _ops.DropAsync(one);
        await _ops.DropAsync(other);
    }, width);

    private async Task OpenListAsync(IPage page)
    {
        await page.SignInAsync(OpsSite.RootKey);
        await page.OpenAsync("#/dead-letters");
        await page.Title("Dead letters").WaitForAsync();
    }
}
