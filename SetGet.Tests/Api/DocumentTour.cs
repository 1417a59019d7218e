using System.Diagnostics;
using System.Text.RegularExpressions;
using SetGet.Tests.Core;

namespace SetGet.Tests.Api;

/// <summary>
/// Runs every example of a page, in order, in one shell, so that variables carry over. The comment that ends an example says what it answers: a
/// status, and a part of the text.
/// </summary>
internal static partial class DocumentTour
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <param name="page">Its name in docs/.</param>
    /// <param name="account">Takes the place of acme.</param>
    /// <param name="variables">Take the place of the page's first example, which sets them.</param>
    public static async Task RunAsync(string page, string account, string variables)
    {
        var text = (await File.ReadAllTextAsync(Path.Combine(StoreServer.Folder, "docs", page))).Replace("acme", account, StringComparison.Ordinal);
        var examples = Fence().Matches(text).Select(match => match.Groups["code"].Value).Skip(1).ToList();
        Assert.True(examples.Count > 10);
        Assert.All(examples, example => Assert.Matches(Expectation(), example));

        var outputs = await RunAsync(examples, variables);

        for (var i = 0; i < examples.Count; i++)
        {
            var expected = Expectation().Match(examples[i]);
            Assert.True(outputs[i].EndsWith(" " + expected.Groups["status"].Value, StringComparison.Ordinal), $"{examples[i]}\nanswered {outputs[i]}");
            Assert.Contains(expected.Groups["part"].Value, outputs[i], StringComparison.Ordinal);
        }
    }

    /// <summary>One script of all examples; after each, its status and a line that parts it from the next.</summary>
    private static async Task<string[]> RunAsync(IEnumerable<string> examples, string variables)
    {
        const string Mark = "=====";
        // The last curl of an example also tells its status.
        var steps = examples.Select(example => Regex.Replace(example, @"curl -s (?!.*curl -s )", "curl -s -w ' %{http_code}' ", RegexOptions.Singleline | RegexOptions.RightToLeft, TimeSpan.FromSeconds(1)));
        var script = variables + "\n" + string.Join($"\necho; echo {Mark}\n", steps);
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        return [.. output.Split(Mark).Select(each => each.Trim('\n'))];
    }

    [GeneratedRegex("```bash\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\n# (?<status>\d{3})( (?<part>[^\n]*))?\n$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Expectation();
}
