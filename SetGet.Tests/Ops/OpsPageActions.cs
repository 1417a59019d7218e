using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace SetGet.Tests.Ops;

/// <summary>What an operator does on the page, by the names that they see.</summary>
internal static partial class OpsPageActions
{
    public static async Task SignInAsync(this IPage page, string rootKey)
    {
        await page.GotoAsync("/ops");
        await page.GetByLabel("Root key").FillAsync(rootKey);
        await page.Keyboard.PressAsync("Enter");
        await page.Title("Traffic").WaitForAsync();
    }

    public static Task OpenAsync(this IPage page, string view) => page.EvaluateAsync("view => { location.hash = view; }", view);

    public static ILocator Title(this IPage page, string text)
        => page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = text, Level = 1, Exact = true });

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    public static ILocator Modal(this IPage page, string title) => page.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = title });

    public static ILocator Button(this ILocator place, string name)
        => place.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name, Exact = true });

    public static ILocator Region(this IPage page, string name) => page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = name, Exact = true });

    /// <summary>The row of the dead letter with this id, by its button.</summary>
    public static ILocator Look(this IPage page, string id) => page.Button($"Look at dead letter {id}");

    public static Task<string> FocusedAsync(this IPage page)
        => page.EvaluateAsync<string>("() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()");

    /// <summary>How many pixels the page is wider than its window.</summary>
    public static Task<int> OverflowAsync(this IPage page)
        => page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    [GeneratedRegex(@"\d")]
    public static partial Regex AnyDigit { get; }
}
