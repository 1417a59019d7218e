using Microsoft.Playwright;
using SetGet.Core.Redis;
using SetGet.Core.Throughput;
using SetGet.Tests.EndToEnd;
using StackExchange.Redis;

namespace SetGet.Tests.Ops;

/// <summary>
/// Draws every view of the page, light and dark, wide and narrow. With the environment variable <c>SETGET_SCREENSHOTS=1</c> the pictures are those of
/// <c>docs/images</c>, with numbers that make charts; otherwise they are looked at and thrown away.
/// </summary>
[Collection(AppCollection.Name)]
[Needs(Needs.Chromium)]
public sealed class OpsScreenshotTests : IDisposable
{
    private const string Account = "northwind";

    private static int HasNumbers;

    private readonly AppFixture _app;
    private readonly OpsSite _ops;

    public OpsScreenshotTests(AppFixture app, OpsBrowser browser)
    {
        _app = app;
        _ops = new OpsSite(app, browser);
    }

    public void Dispose() => _ops.Dispose();

    [Theory]
    [InlineData(ColorScheme.Light, 1440, 900, "light-wide")]
    [InlineData(ColorScheme.Dark, 1440, 900, "dark-wide")]
    [InlineData(ColorScheme.Light, 390, 844, "light-narrow")]
    [InlineData(ColorScheme.Dark, 390, 844, "dark-narrow")]
    public async Task Views_AreDrawn(ColorScheme scheme, int width, int height, string name)
    {
        await _ops.StoreAsync(Account, "orders", """{"orderId":12345678901234567890,"total":99.50,"paid":true,"lines":[{"sku":"A-1","n":2}],"note":null}""", "orders:1042");
        await _ops.SetUpAccountAsync(Account);
        string[] letters =
        [
            await _ops.AddDeadLetterAsync("sender-not-allowed", Account, OpsSite.NewKey(), """{"orderId":1043}"""),
            await _ops.AddDeadLetterAsync("idempotency-conflict", "globex", OpsSite.NewKey(), """{"orderId":1044}"""),
            await _ops.AddDeadLetterAsync("sender-not-allowed", Account, OpsSite.NewKey(), """{"orderId":1045}"""),
        ];
        if (Pictures.AreKept && Interlocked.Exchange(ref HasNumbers, 1) == 0) await AddNumbersAsync();
        await _ops.VisitAsync(page => DrawAllAsync(page, name, letters[0]), width, height, scheme);
        foreach (var letter in letters) await _ops.DropAsync(letter);
    }

    private static async Task DrawAllAsync(IPage page, string name, string letter)
    {
        await page.SignInAsync(OpsSite.RootKey);
        await page.Region("Queue").GetByText(OpsPageActions.AnyDigit).First.WaitForAsync();
        await page.GetByText("Live", new PageGetByTextOptions { Exact = true }).WaitForAsync();
        await Pictures.DrawAsync(page, $"ops-{name}");

        await page.OpenAsync("#/dead-letters");
        await page.Look(letter).WaitForAsync();
        await Pictures.DrawAsync(page, $"ops-dead-letters-{name}");
        await page.Look(letter).ClickAsync();
        await page.Modal("Dead letter").WaitForAsync();
        await Pictures.DrawAsync(page, $"ops-dead-letter-{name}");
        await page.Modal("Dead letter").Button("Close").First.ClickAsync();

        await page.OpenAsync($"#/events?account={Account}&key=orders:1042");
        await page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "data" }).First.WaitForAsync();
        await Pictures.DrawAsync(page, $"ops-look-up-{name}");

        await page.OpenAsync($"#/accounts/{Account}");
        await page.Region("TTL of the account").GetByText("seconds").First.WaitForAsync();
        await Pictures.DrawAsync(page, $"ops-account-{name}");
    }

    /// <summary>Three minutes of a day like any other, as the processes would have counted them.</summary>
    private async Task AddNumbersAsync()
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(_app.RedisConnectionString);
        var store = new ThroughputStore(new RedisCalls(redis), TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        for (var second = now - 185; second < now + 240; second++)
        {
            long Wave(double mean, double swing, double period)
                => (long)Math.Max(0, mean + (swing * Math.Sin(second / period)) + (swing / 3 * Math.Sin(second / 7.3)) + (second * 7919 % 13 * swing / 60));
            await store.AddAsync(second, new ThroughputDelta([Wave(310, 80, 40), Wave(310, 80, 40), Wave(312, 82, 40), Wave(1250, 400, 55), second % 53 == 0 ? 1 : 0], 14), CancellationToken.None);
        }
    }
}
