using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using SetGet.Tests.Core;
using SetGet.Tests.Worker;

namespace SetGet.Tests.Deploy;

/// <summary>The images themselves, as the .NET SDK writes them: on a base that is played, because the real one is in a registry.</summary>
[Needs(Needs.Time)]
public sealed class ImageTests
{
    /// <summary>What service.yaml tells the containers, of a place where nothing answers.</summary>
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["SetGet__RootKey"] = "a-root-key-of-the-test-0123456789abcdef",
        ["ConnectionStrings__redis"] = "127.0.0.1:1,abortConnect=False",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "local",
        ["AWS_SECRET_ACCESS_KEY"] = "local",
        ["AWS__Resources__EventsQueueUrl"] = "http://127.0.0.1:1/000000000000/setget-events",
        ["AWS__Resources__DeadLetterQueueUrl"] = "http://127.0.0.1:1/000000000000/setget-dead-letters",
        ["DOTNET_EnableDiagnostics"] = "0",
    };

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
            Assert.Contains($"app/{project}.dll", Names(files, manifest));
            var image = UnpackedImage.Create(folder.FullName, (string)config["User"]!, Layers(files, manifest));
            await AssertHealthyAsync(image, config);
            if (project == "SetGet.Worker") await AssertInvokedAsync(image, config);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Run as it is, it passes the health check that service.yaml gives it; it is alive without Redis and without a queue.</summary>
    private static Task AssertHealthyAsync(UnpackedImage image, JsonNode config)
    {
        var port = StoreServer.FreePort();
        var environment = new Dictionary<string, string>(Settings) { ["ASPNETCORE_HTTP_PORTS"] = port.ToString(CultureInfo.InvariantCulture) };
        return WhileItRunsAsync(image, config, environment, async process =>
        {
            Assert.Equal(0, await image.ProbeAsync((string)config["Labels"]!["setget.health.command"]!, port, TestContext.Current.CancellationToken));
            Assert.False(process.HasExited);
        });
    }

    /// <summary>The image that is uploaded is the function too: it asks the Runtime API for an event, and answers it.</summary>
    private static async Task AssertInvokedAsync(UnpackedImage image, JsonNode config)
    {
        await using var runtime = await FakeRuntimeApi.StartAsync();
        var environment = new Dictionary<string, string>(Settings) { ["ASPNETCORE_HTTP_PORTS"] = "0", ["AWS_LAMBDA_RUNTIME_API"] = runtime.Address };
        await WhileItRunsAsync(image, config, environment, async _ =>
        {
            Assert.EndsWith("""{"batchItemFailures":[]}""", await runtime.InvokeAsync("""{"Records":[]}"""), StringComparison.Ordinal);
            // What cannot be stored, as Redis is not there, comes again.
            const string batch = """{"Records":[{"messageId":"m1","receiptHandle":"h1","body":"no json","attributes":{}}]}""";
            Assert.EndsWith("""{"batchItemFailures":[{"itemIdentifier":"m1"}]}""", await runtime.InvokeAsync(batch), StringComparison.Ordinal);
        });
    }

    private static async Task WhileItRunsAsync(UnpackedImage image, JsonNode config, Dictionary<string, string> environment, Func<Process, Task> check)
    {
        using var process = image.Start(config["Entrypoint"].Deserialize<string[]>()!, environment);
        try
        {
            await check(process);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
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

    private static IEnumerable<TarReader> Layers(Dictionary<string, byte[]> files, JsonNode manifest)
    {
        foreach (var layer in manifest["Layers"].Deserialize<string[]>()!)
        {
            using var gzip = new GZipStream(new MemoryStream(files[layer]), CompressionMode.Decompress);
            using var tar = new TarReader(gzip);
            yield return tar;
        }
    }

    private static IEnumerable<string> Names(Dictionary<string, byte[]> files, JsonNode manifest)
    {
        foreach (var layer in Layers(files, manifest))
            while (layer.GetNextEntry() is { } entry) yield return entry.Name.TrimStart('/');
    }
}
