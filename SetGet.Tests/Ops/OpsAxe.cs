using System.Text.Json;
using Microsoft.Playwright;
using Testing;

namespace SetGet.Tests.Ops;

/// <summary>The public accessibility rules of axe-core, run in the page itself.</summary>
internal static class OpsAxe
{
    private const string Script =
        """
        async () => {
          const { violations } = await axe.run(document, { resultTypes: ['violations'] });
          return JSON.stringify(violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`)));
        }
        """;

    private static readonly Lazy<Task<string>> Axe = new(InstallAsync);

    /// <summary>Before the page is opened: brings the rules beside it, which its content security policy would not let it load.</summary>
    public static async Task BringAxeAsync(this IPage page) => await page.AddInitScriptAsync(scriptPath: await Axe.Value);

    /// <summary>What axe finds on the page as it is now; the rules that are no standard's, but good practice, included.</summary>
    public static async Task<string[]> AxeFindingsAsync(this IPage page)
        => JsonSerializer.Deserialize<string[]>(await page.EvaluateAsync<string>(Script))!;

    private static async Task<string> InstallAsync()
        => Path.Combine(await NodePackages.InstallAsync(Path.Combine(AppContext.BaseDirectory, "Ops", "node"), CancellationToken.None), "node_modules", "axe-core", "axe.min.js");
}
