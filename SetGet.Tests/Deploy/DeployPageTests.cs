using System.Text.RegularExpressions;

namespace SetGet.Tests.Deploy;

/// <summary>docs/deploy.md speaks of the templates as they are.</summary>
public sealed partial class DeployPageTests
{
    /// <summary>What else is written NAME=VALUE: an AWS CLI filter, and the solution's switch.</summary>
    private static readonly string[] Others = ["Name", "Values", "AspireHostingAws"];

    private static readonly string Page = File.ReadAllText(Path.Combine(Templates.Root, "docs", "deploy.md"));

    [Fact]
    public void Commands_ParameterOverrides_AreParameters()
    {
        var parameters = Templates.Names.SelectMany(name => Templates.Read(name).Section("Parameters")).Select(parameter => parameter.Name).ToHashSet();

        var named = Override().Matches(Page).Select(match => match.Groups["name"].Value).ToHashSet();

        Assert.Contains("ApiImage", named);
        Assert.Contains("GatewayKeys", named);
        Assert.Empty(named.Except(parameters).Except(Others));
    }

    [Fact]
    public void Tables_NamesInCode_AreParameters()
    {
        var table = Page[Page.IndexOf("| parameter | default |", StringComparison.Ordinal)..Page.IndexOf("Queue names are the same", StringComparison.Ordinal)];
        var parameters = Templates.Read("service.yaml").Section("Parameters").ToDictionary(parameter => parameter.Name, parameter => parameter.Value["Default"]!.Text);

        foreach (var row in table.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|')))
        {
            var names = Code().Matches(row[1]).Select(match => match.Groups["text"].Value).ToList();
            Assert.All(names, name => Assert.Contains(name, parameters));
            if (Code().Match(row[2]) is { Success: true } value) Assert.Equal(parameters[names[0]], value.Groups["text"].Value);
        }
    }

    [Fact]
    public void Commands_Outputs_AreOutputsOfTheirStack()
    {
        var calls = Output().Matches(Page);

        Assert.True(calls.Count >= 8);
        foreach (Match call in calls)
        {
            var template = call.Groups["stack"].Value switch { "setget" => "service", "setget-ingest" => "ingest", _ => "account" };
            Assert.Contains(call.Groups["name"].Value, Templates.Read(template + ".yaml").Section("Outputs").Select(output => output.Name));
        }
    }

    /// <summary>A reader sees at the first line of each command whether it was ever run.</summary>
    [Fact]
    public void Commands_EachSaysWhoRunsIt()
    {
        var blocks = Block().Matches(Page);

        Assert.True(blocks.Count >= 20);
        foreach (Match block in blocks)
        {
            var (first, rest) = (block.Groups["first"].Value, block.Groups["rest"].Value);
            if (first == "# needs AWS") continue;
            if (Runner().Match(first) is { Success: true } run) Assert.True(File.Exists(Path.Combine(Templates.Root, run.Groups["file"].Value)), first);
            else Assert.StartsWith("# needs no AWS", first, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"\baws ", rest);
        }
    }

    [GeneratedRegex("^```bash\r?\n(?<first>[^\r\n]*)\r?\n(?<rest>.*?)^```", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Block();

    [GeneratedRegex("^# run by (?<file>[A-Za-z./]+[.]cs)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Runner();

    [GeneratedRegex(@"(?<![\w$.{:-])(?<name>[A-Z][A-Za-z]+[a-z][A-Za-z]*)=(?=[$\w])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Override();

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"output (?<stack>setget(-ingest|-account-[a-z]+)?) (?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Output();
}
