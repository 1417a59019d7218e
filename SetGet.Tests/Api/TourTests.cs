using System.Diagnostics;
using System.Text.RegularExpressions;
using SetGet.Tests.Core;

namespace SetGet.Tests.Api;

/// <summary>
/// Runs every example of docs/api.md, in order, in one shell, so that variables carry over. The comment that ends an example says what
/// it answers: a status, and a part of the text.
/// </summary>
[Collection(ApiCollection.Name)]
public sealed partial class TourTests(ApiStack stack)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [ApiFact(Needs.Shell)]
    public async Task Tour_EveryExample_AnswersAsItSays()
    {
        // An account of this run's own, as the other tests share the queues.
        var account = ApiStack.NewAccount();
        var text = (await File.ReadAllTextAsync(Path.Combine(StoreServer.Folder, "docs", "api.md"))).Replace("acme", account, StringComparison.Ordinal);
        var examples = Fence().Matches(text).Select(match => match.Groups["code"].Value).Skip(1).ToList();
        Assert.True(examples.Count > 20);
        Assert.All(examples, example => Assert.Matches(Expectation(), example));

        var outputs = await RunAsync(examples);

        for (var i = 0; i < examples.Count; i++)
        {
            var expected = Expectation().Match(examples[i]);
            Assert.True(outputs[i].EndsWith(" " + expected.Groups["status"].Value, StringComparison.Ordinal), $"{examples[i]}\nanswered {outputs[i]}");
            Assert.Contains(expected.Groups["part"].Value, outputs[i], StringComparison.Ordinal);
        }
    }

    /// <summary>One script of all examples; after each, its status and a line that parts it from the next.</summary>
    private async Task<string[]> RunAsync(IEnumerable<string> examples)
    {
        const string Mark = "=====";
        // The last curl of an example also tells its status.
        var steps = examples.Select(example => Regex.Replace(example, @"curl -s (?!.*curl -s )", "curl -s -w ' %{http_code}' ", RegexOptions.Singleline | RegexOptions.RightToLeft, TimeSpan.FromSeconds(1)));
        var script = $"API={stack.Address.ToString().TrimEnd('/')}\nKEY={ApiStack.RootKey}\n" + string.Join($"\necho; echo {Mark}\n", steps);
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
