using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace SetGet.Tests.Dashboard;

/// <summary>What an operator sees and does in the dashboard, by the names that they see.</summary>
internal static class DashboardPages
{
    /// <summary>How long the dashboard may take to notice a click; one on a menu that its server has just drawn may go astray.</summary>
    private const float NoticedMs = 5_000;

    private const int Tries = 8;

    /// <summary>Opens a page as its user does the first time: by an address with the token.</summary>
    public static Task LogInAsync(this IPage page, string path = "/") => page.GotoAsync(DashboardFixture.LoginPath(path));

    public static ILocator ResourceRow(this IPage page, string resource)
        => page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions
        {
            Has = page.GetByRole(AriaRole.Gridcell, new PageGetByRoleOptions { NameRegex = new Regex($": {resource}$") }),
        });

    public static ILocator State(this IPage page, string resource) => page.ResourceRow(resource).GetByRole(AriaRole.Gridcell).Nth(1);

    /// <summary>What the dashboard says of a command: that it is starting, succeeded or failed. Its word stays for a few seconds.</summary>
    public static ILocator Told(this IPage page, string resource, string command, string how = "") => page.GetByText($"{resource} \"{command}\" {how}").First;

    public static ILocator Confirmation(this IPage page) => page.GetByRole(AriaRole.Alertdialog);

    /// <summary>A button of the confirmation. It is slotted into the dialog from outside, and its role is known to the browser only.</summary>
    public static ILocator Answer(this IPage page, string text) => page.GetByText(text, new PageGetByTextOptions { Exact = true });

    /// <summary>Gives a command that asks nothing, and waits until the dashboard says that it succeeded.</summary>
    public static async Task ChooseAsync(this IPage page, string resource, string command)
    {
        await page.ChooseAsync(resource, command, page.Told(resource, command));
        await page.Told(resource, command, "succeeded").WaitForAsync();
    }

    /// <summary>Gives a command, answers what it asks, and waits until the dashboard says that it succeeded.</summary>
    public static async Task ChooseAndConfirmAsync(this IPage page, string resource, string command, string question)
    {
        await page.ChooseAsync(resource, command, page.Confirmation());
        await page.GetByText(question).First.WaitForAsync();
        await page.Answer("Yes").ClickAsync();
        await page.Told(resource, command, "succeeded").WaitForAsync();
    }

    /// <summary>Chooses a command in a resource's menu, until the dashboard shows that it has noticed.</summary>
    public static Task ChooseAsync(this IPage page, string resource, string command, ILocator noticed) => TryUntilAsync(noticed, reload: true, async () =>
    {
        await page.ResourceRow(resource).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Actions", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = command, Exact = true }).ClickAsync(new LocatorClickOptions { Timeout = NoticedMs });
    });

    /// <summary>The details of a resource, beside the list.</summary>
    public static Task OpenDetailsAsync(this IPage page, string resource)
        => page.ResourceRow(resource).GetByRole(AriaRole.Gridcell).First.ClickUntilAsync(page.GetByText("Health checks", new PageGetByTextOptions { Exact = true }).First);

    /// <summary>A line of the details: a name, and what it is.</summary>
    public static ILocator Detail(this IPage page, string name)
        => page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions
        {
            Has = page.GetByRole(AriaRole.Gridcell).Filter(new LocatorFilterOptions { HasTextRegex = new Regex($@"^\s*{Regex.Escape(name)}\s*$") }),
        });

    /// <summary>Has a row show its masked value.</summary>
    public static Task ShowValueAsync(this ILocator row, string value)
        => row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Show value" }).ClickUntilAsync(row.GetByText(value).First);

    /// <summary>Clicks until what the click shows is there: one on something that the dashboard is just drawing again goes astray.</summary>
    public static Task ClickUntilAsync(this ILocator target, ILocator shown)
        => TryUntilAsync(shown, reload: false, () => target.ClickAsync(new LocatorClickOptions { Timeout = NoticedMs }));

    public static ILocator LogRow(this IPage page, string id)
        => page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = $"Accepted event {id}" });

    /// <summary>A line of a trace, by its process and its name. Playwright writes the expression between slashes.</summary>
    public static ILocator Span(this IPage page, string pattern)
        => page.GetByRole(AriaRole.Gridcell, new PageGetByRoleOptions { NameRegex = new Regex("^" + pattern.Replace("/", @"\/", StringComparison.Ordinal)) });

    /// <summary>Filters the structured logs by an event's id. The line arrives with the next export, and what is typed before the page is alive is lost.</summary>
    public static async Task FindLogAsync(this IPage page, string id)
    {
        await TryUntilAsync(page.LogRow(id), reload: true, async () =>
        {
            await page.GetByText("pollers receive from").First.WaitForAsync();
            var filter = page.GetByRole(AriaRole.Searchbox).First;
            await filter.ClickAsync();
            await filter.PressSequentiallyAsync(id);
        });
        await Assertions.Expect(page.GetByText("Now listening on")).ToHaveCountAsync(0);
    }

    /// <summary>Does something, again where the dashboard takes no notice, until what it shows is there.</summary>
    /// <param name="shown">What there is once the dashboard has noticed.</param>
    /// <param name="reload">Begins each new try with a fresh page.</param>
    private static async Task TryUntilAsync(ILocator shown, bool reload, Func<Task> act)
    {
        for (var i = 1; ; i++)
        {
            try
            {
                await act();
                await shown.WaitForAsync(new LocatorWaitForOptions { Timeout = NoticedMs });
                return;
            }
            catch (TimeoutException) when (i < Tries)
            {
                // Noticed late.
                if (await shown.IsVisibleAsync()) return;
                if (reload) await shown.Page.ReloadAsync();
            }
        }
    }
}
