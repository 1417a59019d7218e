using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace SetGet.Tests.Ops;

/// <summary>A real Chromium, and visits that fail on anything that a strict page must not do.</summary>
public sealed class OpsBrowser : IAsyncLifetime
{
    /// <summary>Long enough for a loaded machine: what is waited for comes, or the test fails.</summary>
    internal const float PatienceMs = 90_000;

    // The second line: a fourth less work for the machine, because fewer processes start.
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--renderer-process-limit=1", "--process-per-site", "--disable-site-isolation-trials", "--in-process-gpu", "--disable-software-rasterizer",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        // Without Chromium the tests that use this are skipped.
        if (Requirements.Chromium is null) return;
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Requirements.Chromium, Args = Flags });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>
    /// Opens a page in a fresh profile, lets <paramref name="visit"/> use it, and checks afterwards that nothing broke the content security policy, no script
    /// failed, and no other host was asked.
    /// </summary>
    internal async Task VisitAsync(Uri site, Func<IPage, Task> visit, int width = 1280, int height = 860, ColorScheme scheme = ColorScheme.Light)
    {
        await using var context = await NewContextAsync(site, width, height, scheme);
        var faults = new ConcurrentQueue<string>();
        context.Request += (_, request) =>
        {
            var address = new Uri(request.Url);
            if (address.Scheme is not "data" && address.Authority != site.Authority) faults.Enqueue($"asked another host: {request.Url}");
        };
        context.WebError += (_, error) => faults.Enqueue(error.Error);
        context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !IsAnswer(message.Text)) faults.Enqueue($"{message.Type}: {message.Text}");
        };
        await visit(await context.NewPageAsync());
        Assert.Empty(faults);
    }

    /// <summary>Opens a page of others in a fresh profile: its faults are theirs.</summary>
    internal async Task LookAsync(Uri site, Func<IPage, Task> visit, int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        await using var context = await NewContextAsync(site, width, height, scheme);
        await visit(await context.NewPageAsync());
    }

    private async Task<IBrowserContext> NewContextAsync(Uri site, int width, int height, ColorScheme scheme)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site.AbsoluteUri,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        context.SetDefaultTimeout(PatienceMs);
        return context;
    }

    /// <summary>Chromium reports every answer of 400 and above as an error of the page; tests cause some on purpose.</summary>
    private static bool IsAnswer(string text) => text.StartsWith("Failed to load resource: the server responded with a status of 4", StringComparison.Ordinal);
}
