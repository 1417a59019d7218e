using System.Text.Json;
using Testing;

namespace SetGet.Tests.Deploy;

/// <summary>What an update of a stack would change, by the command of docs/deploy.md: the CDK's comparison of two templates.</summary>
[Needs(Needs.Npm | Needs.Node)]
public sealed class TemplateDiffTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("setget-diff-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("", "", "", "")]
    [InlineData("AtRestEncryptionEnabled: true", "AtRestEncryptionEnabled: false", "ReplicationGroup", "WILL_REPLACE")]
    [InlineData("TransitEncryptionMode: required", "TransitEncryptionMode: preferred", "ReplicationGroup", "WILL_UPDATE")]
    [InlineData("  WorkerFunctionErrorsAlarm:", "  OtherAlarm:", "WorkerFunctionErrorsAlarm", "WILL_DESTROY")]
    public async Task Diff_OfAnUpdate_ShowsWhatBecomesOfAResource(string former, string present, string resource, string impact)
    {
        var text = await File.ReadAllTextAsync(Templates.PathOf("service.yaml"), TestContext.Current.CancellationToken);
        var changed = former.Length == 0 ? text : text.Replace(former, present, StringComparison.Ordinal);
        Assert.Equal(former.Length == 0, text == changed);

        var changes = await CompareAsync(Templates.PathOf("service.yaml"), await WriteAsync(changed));

        if (resource.Length == 0) Assert.Empty(changes);
        else Assert.Contains(new Change(resource, impact), changes);
    }

    /// <summary>The AWS CLI reads the templates, and what it hands on is what it read; it asks AWS for nothing as long as a template names no local file.</summary>
    [Fact]
    public async Task Package_ByTheAwsCli_ChangesNothing()
    {
        Assert.SkipWhen(Requirements.OnPath("aws") is null, "needs aws on the PATH");
        foreach (var name in Templates.Names)
        {
            var packaged = Path.Combine(_folder.FullName, name);
            string[] arguments = ["cloudformation", "package", "--template-file", Templates.PathOf(name), "--s3-bucket", "setget-templates", "--output-template-file", packaged, "--region", "us-east-1"];
            await NodePackages.RunAsync(_folder.FullName, "aws", arguments, "", TestContext.Current.CancellationToken);

            Assert.Empty(await CompareAsync(Templates.PathOf(name), packaged));
        }
    }

    private async Task<string> WriteAsync(string template)
    {
        var file = Path.Combine(_folder.FullName, "changed.yaml");
        await File.WriteAllTextAsync(file, template, TestContext.Current.CancellationToken);
        return file;
    }

    private static async Task<Change[]> CompareAsync(string former, string present)
    {
        var packages = await Templates.PackagesAsync();
        var output = await NodePackages.RunAsync(packages, "node", ["diff.cjs", former, present, "--json"], "", TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<Change[]>(output, JsonSerializerOptions.Web)!;
    }

    private sealed record Change(string Id, string Impact);
}
