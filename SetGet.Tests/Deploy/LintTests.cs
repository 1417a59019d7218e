using System.Diagnostics;

namespace SetGet.Tests.Deploy;

/// <summary>
/// What AWS's own linter says of the templates: it knows rules of CloudFormation that no schema of a resource has, such as which names a mapping may use.
/// </summary>
public sealed class LintTests
{
    // The parameters of an existing network are empty by default, and a rule of the template refuses them where they are used.
    private const string EmptyNetwork = "W1030";

    [Fact, Needs(Needs.CfnLint)]
    public async Task Templates_HaveNothingThatCfnLintFinds()
    {
        var templates = Directory.GetFiles(Path.Combine(Templates.Root, "SetGet.AppHost", "aws"), "*.yaml");
        Assert.NotEmpty(templates);
        using var lint = Process.Start(new ProcessStartInfo("cfn-lint", ["--ignore-checks", EmptyNetwork, "--", .. templates]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (found, errors) = (lint.StandardOutput.ReadToEndAsync(), lint.StandardError.ReadToEndAsync());
        await lint.WaitForExitAsync();
        Assert.Equal("", await found + await errors);
        Assert.Equal(0, lint.ExitCode);
    }
}
