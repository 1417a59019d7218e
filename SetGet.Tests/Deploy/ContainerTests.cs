using System.Text.Json;
using System.Text.Json.Nodes;
using Testing;

namespace SetGet.Tests.Deploy;

/// <summary>The images that the .NET SDK makes of the projects, as far as the projects decide; and service.yaml runs them as they are.</summary>
public sealed class ContainerTests
{
    [Theory]
    [InlineData("SetGet.Api", "setget-api", "ApiTaskDefinition")]
    [InlineData("SetGet.Worker", "setget-worker", "WorkerTaskDefinition")]
    public async Task Image_OfAProject_IsWhatTheServiceRuns(string project, string repository, string task)
    {
        var image = await EvaluateAsync(project);

        var properties = image["Properties"]!;
        Assert.Equal(repository, (string)properties["ContainerRepository"]!);
        Assert.StartsWith("mcr.microsoft.com/dotnet/aspnet:10.0", (string)properties["ContainerBaseImage"]!, StringComparison.Ordinal);
        Assert.EndsWith("-chiseled", (string)properties["ContainerBaseImage"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("latest", (string)properties["ContainerImageTags"]!, StringComparison.Ordinal);
        var container = ServiceStack.Container(ServiceStack.Resolve(), task);
        Assert.Equal((string)properties["ContainerUser"]!, (string)container["User"]!);
        Assert.Equal(["8080"], image["Items"]!["ContainerPort"]!.AsArray().Select(port => (string)port!["Identity"]!));
        Assert.Equal(8080, (long)container["PortMappings"]![0]!["ContainerPort"]!);
        Assert.Equal(["CMD", .. Label(image, "setget.health.command").Split(' ')], container["HealthCheck"]!["Command"].Deserialize<string[]>()!);
        Assert.True((bool)container["ReadonlyRootFilesystem"]!);
    }

    private static string Label(JsonNode image, string name)
        => (string)Assert.Single(image["Items"]!["ContainerLabel"]!.AsArray(), label => (string)label!["Identity"]! == name)!["Value"]!;

    private static async Task<JsonNode> EvaluateAsync(string project)
    {
        string[] arguments =
        [
            "msbuild", Path.Combine(Templates.Root, project, project + ".csproj"), "-t:ComputeContainerConfig", "-nodeReuse:false",
            "-getProperty:ContainerBaseImage,ContainerRepository,ContainerUser,ContainerImageTags", "-getItem:ContainerPort", "-getItem:ContainerLabel",
        ];
        return JsonNode.Parse(await NodePackages.RunAsync(Templates.Root, "dotnet", arguments, "", CancellationToken.None))!;
    }
}
