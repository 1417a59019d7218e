using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SetGet.Tests.Deploy;

/// <summary>The images themselves, as the .NET SDK writes them: on a base that is played, because the real one is in a registry.</summary>
[Needs(Needs.Time)]
public sealed class ImageTests
{
    [Theory]
    [InlineData("SetGet.Api", "ApiTaskDefinition")]
    [InlineData("SetGet.Worker", "WorkerTaskDefinition")]
    public async Task PublishContainer_Image_IsWhatTheServiceRuns(string project, string task)
    {
        await using var registry = await RegistryStub.StartAsync();
        var folder = Directory.CreateTempSubdirectory("setget-image-");
        try
        {
            var archive = Path.Combine(folder.FullName, "image.tar");
            await PublishAsync(project, registry.Name, archive);

            var files = await ReadAsync(archive);
            var manifest = JsonNode.Parse(files["manifest.json"])![0]!;
            var config = JsonNode.Parse(files[(string)manifest["Config"]!])!["config"]!;
            var container = ServiceStack.Container(ServiceStack.Resolve(), task);
            Assert.Equal((string)container["User"]!, (string)config["User"]!);
            Assert.Equal(["dotnet", $"/app/{project}.dll"], config["Entrypoint"].Deserialize<string[]>()!);
            Assert.Equal(["8080/tcp"], config["ExposedPorts"]!.AsObject().Select(port => port.Key));
            Assert.Contains("ASPNETCORE_HTTP_PORTS=8080", config["Env"].Deserialize<string[]>()!);
            Assert.Equal(["CMD", .. ((string)config["Labels"]!["setget.health.command"]!).Split(' ')], container["HealthCheck"]!["Command"].Deserialize<string[]>()!);
            Assert.Contains($"app/{project}.dll", Layers(files, manifest));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task PublishAsync(string project, string registry, string archive)
    {
        string[] arguments =
        [
            "publish", Path.Combine(Templates.Root, project), "-t:PublishContainer", "-nodeReuse:false",
            $"-p:ContainerBaseImage={registry}/base:1", $"-p:ContainerArchiveOutputPath={archive}",
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["DOTNET_CONTAINER_INSECURE_REGISTRIES"] = registry;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
    }

    private static async Task<Dictionary<string, byte[]>> ReadAsync(string archive)
    {
        await using var file = File.OpenRead(archive);
        await using var tar = new TarReader(file);
        var files = new Dictionary<string, byte[]>();
        while (await tar.GetNextEntryAsync(copyData: true) is { } entry)
            if (entry.DataStream is { } data)
            {
                using var memory = new MemoryStream();
                await data.CopyToAsync(memory);
                files[entry.Name] = memory.ToArray();
            }

        return files;
    }

    private static IEnumerable<string> Layers(Dictionary<string, byte[]> files, JsonNode manifest)
    {
        foreach (var layer in manifest["Layers"].Deserialize<string[]>()!)
        {
            using var gzip = new GZipStream(new MemoryStream(files[layer]), CompressionMode.Decompress);
            using var tar = new TarReader(gzip);
            while (tar.GetNextEntry() is { } entry) yield return entry.Name.TrimStart('/');
        }
    }
}
