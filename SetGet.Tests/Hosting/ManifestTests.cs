using System.Text.Json.Nodes;
using Aspire.Hosting.Testing;

namespace SetGet.Tests.Hosting;

/// <summary>The manifest of SetGet equals the one that was reviewed.</summary>
public sealed class ManifestTests
{
    [Fact]
    public async Task Manifest_OfSetGet_EqualsReviewedOne()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        // Beside the app host, so that the relative paths in it are the same everywhere.
        var folder = Path.Combine(Projects.SetGet_AppHost.ProjectPath, "bin", "manifest-test");
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SetGet_AppHost>(
            ["--publisher", "manifest", "--output-path", folder], limit.Token);
        await using var app = await builder.BuildAsync(limit.Token);
        // Not StartAsync: the publisher ends the application itself, and disposing would cancel it before.
        await app.RunAsync(limit.Token);

        var written = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "aspire-manifest.json"), limit.Token));
        var reviewed = JsonNode.Parse(await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "Hosting", "reviewed-manifest.json"), limit.Token));

        Assert.True(JsonNode.DeepEquals(reviewed, written), $"The manifest differs from Hosting/reviewed-manifest.json. It is now:\n{written}");
        foreach (var template in new[] { "ingest.yaml", "service.yaml" })
            Assert.Equal(
                await File.ReadAllTextAsync(Path.Combine(Projects.SetGet_AppHost.ProjectPath, "aws", template), limit.Token),
                await File.ReadAllTextAsync(Path.Combine(folder, template), limit.Token));
    }
}
