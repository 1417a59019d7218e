using System.Text.RegularExpressions;
using SetGet.Tests.Api;
using SetGet.Tests.EndToEnd;
using Testing;

namespace SetGet.Tests.Docs;

/// <summary>What a new user does first: the README's requests and those of SetGet.Api.http, each as it stands, against the app host.</summary>
[Collection(AppCollection.Name)]
public sealed partial class FirstHourTests(AppFixture app)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task HttpFile_EveryRequest_Succeeds()
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        var text = await File.ReadAllTextAsync(Path.Combine(Deploy.Templates.Root, "SetGet.Api", "SetGet.Api.http"), limit.Token);
        var file = HttpFile.Parse(text, new Dictionary<string, string> { ["api"] = Address(app.Api.BaseAddress!), ["gateway"] = Address(app.GatewayUrl) });
        using var http = new HttpClient();

        Assert.True(file.Requests.Count >= 20);
        foreach (var request in file.Requests)
        {
            var (status, body) = await file.SendAsync(request, http, limit.Token);
            // The one that asks for something newer is answered that there is nothing.
            var expected = request.Headers.Any(header => header.Name == "If-None-Match") ? 304 : status;
            Assert.True(status == expected && status is >= 200 and < 300 or 304, $"'{request.Title}' was answered {status}: {body}");
        }
    }

    [Fact, Needs(Needs.Shell)]
    public Task FirstHour_EveryExample_AnswersAsItSays() => DocumentTour.RunAsync(
        "first-hour.md", "acme", $"API={Address(app.Api.BaseAddress!)}\nKEY=dev-root-key\nGATEWAY={Address(app.GatewayUrl)}");

    /// <summary>A block of curl is followed by what it answers: each line of it has to come; … stands for anything. HTTP does not order headers, nor mind others.</summary>
    [Fact, Needs(Needs.Shell)]
    public async Task Readme_EveryRequest_AnswersAsItSays()
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        var page = (await File.ReadAllTextAsync(Path.Combine(Deploy.Templates.Root, "README.md"), limit.Token)).ReplaceLineEndings("\n");
        var examples = Example().Matches(page);

        Assert.True(examples.Count >= 3);
        Assert.Equal(Regex.Count(page, "```bash\ncurl", RegexOptions.None, TimeSpan.FromSeconds(1)), examples.Count);
        foreach (Match example in examples)
        {
            var command = example.Groups["command"].Value
                .Replace("localhost:5080", app.Api.BaseAddress!.Authority, StringComparison.Ordinal)
                .Replace("localhost:5081", app.GatewayUrl.Authority, StringComparison.Ordinal);
            var told = (await NodePackages.RunAsync(Deploy.Templates.Root, "bash", ["-c", command.Replace("curl ", "curl -s ", StringComparison.Ordinal)], "", limit.Token)).ReplaceLineEndings("\n");
            Assert.Matches(Pattern(example.Groups["answer"].Value), told);
        }
    }

    /// <summary>Every line of the answer is somewhere.</summary>
    private static string Pattern(string answer)
        => "^" + string.Concat(answer.Trim('\n').Split('\n').Where(line => line.Length > 0).Select(
            line => $"(?=[\\s\\S]*{Regex.Escape(line).Replace("…", ".*", StringComparison.Ordinal)})"));

    private static string Address(Uri uri) => uri.ToString().TrimEnd('/');

    [GeneratedRegex("```bash\n(?<command>curl .*?)```\n[^`]*```text\n(?<answer>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Example();
}
