using System.Text.RegularExpressions;

namespace SetGet.Tests.Docs;

/// <summary>The pages keep what they promise: their links lead somewhere, and of each of their commands it is known who runs it.</summary>
public sealed partial class PageTests
{
    private const string NeedsAws = "needs AWS";
    private const string ByHand = "by hand: takes long, or changes the machine";

    /// <summary>Who runs the commands of a page, by how they begin: a test that does the same, or why none does. The first line that fits counts.</summary>
    private static readonly (string Page, string Begins, string RunBy)[] Runners =
    [
        ("docs/api.md", "", "TourTests.Tour_EveryExample_AnswersAsItSays"),
        ("docs/senders.md", "", "SenderRecipeTests.Recipes_EveryExample_AnswersAsItSays"),
        ("docs/deploy.md", "", NeedsAws),
        ("docs/first-hour.md", "git clone ", ByHand),
        ("docs/first-hour.md", "", "FirstHourTests.FirstHour_EveryExample_AnswersAsItSays"),
        ("docs/clients.md", "curl -s localhost:5080/accounts/acme/keys", "FirstHourTests.HttpFile_EveryRequest_Succeeds"),
        ("docs/clients.md", "npm install openapi-fetch", "GeneratedClientTests.TypeScript_Example_ReadsWhatWasSet"),
        ("docs/clients.md", "npm install --save-dev openapi-typescript", "GeneratedClientTests.TypeScript_Example_ReadsWhatWasSet"),
        ("docs/clients.md", "npx openapi-typescript ", "GeneratedClientTests.TypeScript_Example_ReadsWhatWasSet"),
        ("docs/clients.md", "npm install @openapitools/", "GeneratedClientTests.Python_Example_ReadsWhatWasSet"),
        ("docs/clients.md", "curl -s localhost:5080/openapi/v1.json", "GeneratedClientTests.Python_Example_ReadsWhatWasSet"),
        ("docs/clients.md", "npx openapi-", "GeneratedClientTests.Python_Example_ReadsWhatWasSet"),
        ("docs/operations.md", "curl ", "DeadLetterTests.Redrive_OfOne_SendsItBackAndOfAll_TellsItsProgress"),
        ("README.md", "curl -i localhost:508", "FirstHourTests.Readme_EveryRequest_AnswersAsItSays"),
        ("README.md", "curl -i 'localhost:508", "FirstHourTests.Readme_EveryRequest_AnswersAsItSays"),
        ("*", "dotnet run --project SetGet.AppHost -- --Ports:", "FixedPortsTests.Port_ThatAnotherProgramHas_IsNamedWithTheWayOut"),
        ("*", "dotnet run --project SetGet.AppHost --launch-profile https", ByHand),
        ("*", "dotnet run --project SetGet.AppHost", "FirstEventTests.Event_SetThroughApi_IsReadByteForByteUnderEachKey"),
        ("*", "dotnet test SetGetApi.sln", ByHand),
        ("*", "dotnet watch --project SetGet.AppHost", ByHand),
        ("*", "dotnet tool restore", ByHand),
        ("*", "dotnet aspire ", ByHand),
        ("*", "dotnet run -c Release --project SetGet.Benchmarks ", ByHand),
        ("docs/reliability.md", "dotnet run --project SetGet.Tests -- ", ByHand),
        ("docs/reliability.md", "dotnet run -c Release --project SetGet.Tests -- ", ByHand),
        ("CONTRIBUTING.md", "SETGET_WRITE_SAMPLE=", ByHand),
        ("local/servers/Redis/README.md", "REDIS_PASSWORD=a-word dotnet run --project local/servers/Redis ", ByHand),
        ("local/servers/Aws/README.md", "dotnet run --project local/servers/Aws ", ByHand),
    ];

    public static TheoryData<string> Names { get; } = [.. Pages.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Links_LeadSomewhere(string name)
    {
        var dead = from link in Link().Matches(Pages.Prose(Pages.All[name]))
                   let target = link.Groups["target"].Value
                   where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
                   where !Exists(name, target)
                   select target;
        Assert.Equal("", string.Join(", ", dead.Distinct()));
    }

    [Fact]
    public void Index_LeadsToEveryPage()
    {
        var others = Pages.All.Keys.Except(["README.md", "docs/README.md"]);
        var unlinked = others.Where(page => !Pages.All["docs/README.md"].Contains($"]({(page.StartsWith("docs/", StringComparison.Ordinal) ? page["docs/".Length..] : "../" + page)})", StringComparison.Ordinal));
        Assert.Equal("", string.Join(", ", unlinked));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Commands_AreRunBySomebody(string name)
    {
        foreach (var command in Pages.Commands(Pages.All[name]))
        {
            var runner = Runners.FirstOrDefault(each => (each.Page == name || each.Page == "*") && command.StartsWith(each.Begins, StringComparison.Ordinal));
            Assert.True(runner.RunBy is not null, $"{name}: who runs this? A test, or nobody and why, belongs into the list.\n{command}");
        }
    }

    [Fact]
    public void Runners_AreTests_AndRunSomething()
    {
        foreach (var (page, begins, runBy) in Runners)
        {
            if (page != "*") Assert.Contains(Pages.Commands(Pages.All[page]), command => command.StartsWith(begins, StringComparison.Ordinal));
            if (runBy is NeedsAws or ByHand) continue;
            var (type, method) = (runBy.Split('.')[0], runBy.Split('.')[1]);
            Assert.Contains(typeof(PageTests).Assembly.GetTypes(), each => each.Name == type && each.GetMethod(method) is not null);
        }
    }

    private static bool Exists(string page, string target)
    {
        var parts = target.Split('#');
        var path = parts[0].Length == 0 ? page : Path.GetRelativePath(Deploy.Templates.Root, Path.GetFullPath(Path.Combine(Deploy.Templates.Root, Path.GetDirectoryName(page)!, Uri.UnescapeDataString(parts[0])))).Replace('\\', '/');
        var full = Path.Combine(Deploy.Templates.Root, path);
        if (parts.Length == 1 || !Pages.All.TryGetValue(path, out var text)) return File.Exists(full) || Directory.Exists(full);
        return Heading().Matches(text).Any(heading => Anchor(heading.Groups["text"].Value) == parts[1]) || text.Contains($"<a id=\"{parts[1]}\"", StringComparison.Ordinal);
    }

    /// <summary>What a heading is linked by: lower case, spaces as hyphens, without punctuation.</summary>
    private static string Anchor(string heading) => NotInAnchors().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)|(src|srcset|href)=""(?<target>[^""]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, 1000)]
    private static partial Regex NotInAnchors();
}
