using System.Text.Json;
using System.Text.RegularExpressions;
using SetGet.Tests.Deploy;
using Testing;

namespace SetGet.Tests.Security;

/// <summary>
/// The templates against two public rule sets: AWS Control Tower's, by cfn-guard, and cdk-nag's "AWS Solutions" and "Serverless". What they find is mended,
/// or answered in docs/security.md; an answer to what is not found any more is struck out there.
/// </summary>
public sealed partial class TemplateRuleTests
{
    [Fact, Needs(Needs.Npm | Needs.Node | Needs.Linux)]
    public async Task Findings_OfThePublicRules_AreAllAnswered()
    {
        var answers = Answers().ToList();
        var findings = await FindAsync(TestContext.Current.CancellationToken);

        Assert.True(findings.Count > 20, "the rule sets have found next to nothing: they have not looked");
        Assert.Equal("", Lines(findings.Where(finding => !answers.Exists(answer => answer.Is(finding))).Select(finding => $"{finding} is not answered in docs/security.md")));
        Assert.Equal("", Lines(answers.Where(answer => !findings.Exists(answer.Is)).Select(answer => $"{answer.Rule} {answer.Template} {answer.Resource} is answered, and not found any more")));
    }

    private static string Lines(IEnumerable<string> lines) => string.Join(Environment.NewLine, lines);

    private static async Task<List<Finding>> FindAsync(CancellationToken cancellationToken)
    {
        var folder = await NodePackages.InstallAsync(Path.Combine(AppContext.BaseDirectory, "Security", "node"), cancellationToken);
        var output = await NodePackages.RunAsync(folder, "node", ["rules.cjs", Templates.PathOf("")], "", cancellationToken);
        return JsonSerializer.Deserialize<List<Finding>>(output, JsonSerializerOptions.Web)!;
    }

    /// <summary>The rows of the page's table of findings: rule; template and resources, where a star stands for any text; answer.</summary>
    private static IEnumerable<Answer> Answers()
        => from row in SecurityPage.Table("Findings")
           let place = Place().Match(row[1])
           from rule in row[0].Split(", ")
           from resource in place.Groups["resources"].Value.Split(", ")
           where row[2].Length > 0
           select new Answer(rule.Trim('`'), place.Groups["template"].Value, resource);

    [GeneratedRegex(@"^`(?<template>[a-z]+\.yaml)`: (?<resources>[\w*]+(, [\w*]+)*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();

    private sealed record Finding(string Rule, string Template, string Resource);

    private sealed record Answer(string Rule, string Template, string Resource)
    {
        public bool Is(Finding finding) => finding.Rule == Rule && finding.Template == Template
            && Regex.IsMatch(finding.Resource, $"^{Resource.Replace("*", ".*", StringComparison.Ordinal)}$", RegexOptions.None, TimeSpan.FromSeconds(1));
    }
}
