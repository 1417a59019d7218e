using System.Text;
using System.Text.Json;
using Aws;
using Gateway;
using Gateway.Access;
using Gateway.CloudFormation;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using Sqs;

namespace SetGet.Tests.Local.Gateway;

/// <summary>The local API Gateway and SQS in this process, from a template, on a free port.</summary>
internal sealed class GatewayHarness : IAsyncDisposable
{
    public const string Key = "dev-gateway-key";
    private const string Base = "http://localhost:1";
    private readonly LocalSqs _queues;
    private readonly WebApplication _server;
    private readonly ServiceCall _sqs;

    private GatewayHarness(LocalSqs queues, WebApplication server, ServiceCall sqs)
    {
        _queues = queues;
        _server = server;
        _sqs = sqs;
        Http = NewClient(Key);
    }

    /// <summary>The folder with the deployed templates.</summary>
    public static string Templates { get; } = Path.Combine(FindRoot(), "SetGet.AppHost", "aws");

    /// <summary>Sends the API key; its base address ends with the stage.</summary>
    public HttpClient Http { get; }

    /// <summary>What integrations called, last one last.</summary>
    public List<ServiceRequest> Calls { get; } = [];

    public static Task<GatewayHarness> StartAsync(params (string Name, string Value)[] parameters)
        => StartAsync(File.ReadAllText(Path.Combine(Templates, "ingest.yaml")), TimeProvider.System, parameters);

    public static async Task<GatewayHarness> StartAsync(string template, TimeProvider time, params (string Name, string Value)[] parameters)
    {
        var resolved = TemplateResolver.ResolveText(template, new TemplateContext
        {
            Parameters = parameters.ToDictionary(each => each.Name, each => each.Value),
            Identities = new ResourceIdentities(Base),
        });
        var queues = new LocalSqs(new SqsOptions(), NullLogger.Instance);
        await TemplateQueues.CreateAsync(queues, resolved, NullLogger.Instance);
        var sqs = SqsService.To(queues, Base);
        GatewayHarness? harness = null;
        Task<ServiceReply> Record(ServiceRequest call, CancellationToken cancellationToken)
        {
            lock (harness!.Calls) harness.Calls.Add(call);
            return sqs(call, cancellationToken);
        }

        var server = GatewayServer.Build(
            0, [resolved], [new GivenApiKey("AccountApiKey", Key, "key1")], Record, time, NullLoggerFactory.Instance);
        await server.StartAsync();
        return harness = new GatewayHarness(queues, server, sqs);
    }

    public HttpClient NewClient(string? key)
    {
        // A test that listens to spans at the same time would have the client add a trace to the request.
        var http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = new Uri(_server.Urls.First() + "/v1/") };
        if (key is not null) http.DefaultRequestHeaders.Add("X-Api-Key", key);
        return http;
    }

    /// <summary>Takes the oldest message of a queue, for good; null where there is none.</summary>
    public async Task<JsonElement?> TakeAsync(string queue = "setget-events")
    {
        var url = $"{Base}/000000000000/{queue}";
        var messages = await CallAsync("ReceiveMessage", new { QueueUrl = url, WaitTimeSeconds = 0, MessageAttributeNames = new[] { "All" }, AttributeNames = new[] { "All" } });
        if (!messages.TryGetProperty("Messages", out var list) || list.GetArrayLength() == 0) return null;
        await CallAsync("DeleteMessage", new { QueueUrl = url, ReceiptHandle = list[0].GetProperty("ReceiptHandle").GetString() });
        return list[0];
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.StopAsync();
        await _server.DisposeAsync();
        await _queues.DisposeAsync();
    }

    private async Task<JsonElement> CallAsync(string action, object body)
    {
        var headers = new Dictionary<string, string> { ["X-Amz-Target"] = "AmazonSQS." + action, ["Content-Type"] = "application/x-amz-json-1.0" };
        var reply = await _sqs(new ServiceRequest("POST", "/", "", headers, JsonSerializer.SerializeToUtf8Bytes(body)), CancellationToken.None);
        Assert.True(reply.Status == 200, Encoding.UTF8.GetString(reply.Body));
        return reply.Body.Length == 0 ? default : JsonDocument.Parse(reply.Body).RootElement;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SetGetApi.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
