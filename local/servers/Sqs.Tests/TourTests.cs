namespace Sqs.Tests;

/// <summary>Public clients take a full tour each.</summary>
public class TourTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, name);

    [Fact, Needs(NeedsAttribute.Boto3)]
    public async Task Boto3_Tour_Succeeds()
    {
        var output = await NodePackages.RunAsync(
            Folder("python"), NeedsAttribute.Python, ["tour.py", server.Endpoint.ToString()], "", CancellationToken.None);
        Assert.Contains("tour done", output);
    }

    [Fact, Needs("node", "npm")]
    public async Task AwsSdkForJavaScriptAndSqsConsumer_Tour_Succeeds()
    {
        var folder = await NodePackages.InstallAsync(Folder("node"), CancellationToken.None);
        var output = await NodePackages.RunAsync(folder, "node", ["tour.mjs", server.Endpoint.ToString()], "", CancellationToken.None);
        Assert.Contains("tour done", output);
    }
}
