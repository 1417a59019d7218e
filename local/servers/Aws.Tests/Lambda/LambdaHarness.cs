using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Aws.Lambda;
using Gateway;
using Gateway.CloudFormation;
using Microsoft.Extensions.Logging.Abstractions;
using Sqs;

namespace Aws.Tests.Lambda;

/// <summary>A queue, and the Runtime API of a function that it invokes, in this process.</summary>
internal sealed class LambdaHarness : IAsyncDisposable
{
    private const string Base = "http://localhost:1";
    private const string Template = """{"Resources":{"Queue":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"q","VisibilityTimeout":60}}}}""";
    private readonly LocalSqs _queues;
    private readonly ServiceCall _sqs;
    private LambdaHost? _host;

    private LambdaHarness()
    {
        _queues = new LocalSqs(new SqsOptions { Clock = Time }, NullLogger.Instance);
        _sqs = SqsService.To(_queues, Base);
    }

    /// <summary>The queue's clock.</summary>
    public ManualTime Time { get; } = new();

    /// <summary>Calls the Runtime API.</summary>
    public HttpClient Runtime { get; } = new();

    public static async Task<LambdaHarness> StartAsync(Func<LambdaOptions, LambdaOptions>? change = null)
    {
        var harness = new LambdaHarness();
        var resolved = TemplateResolver.ResolveText(Template, new TemplateContext { Identities = new ResourceIdentities(Base) });
        await TemplateQueues.CreateAsync(harness._queues, resolved, NullLogger.Instance);
        var options = new LambdaOptions { Queue = "q" };
        harness._host = await LambdaHost.StartAsync(
            change?.Invoke(options)
                ?? options, harness._sqs, $"{Base}/000000000000/q", NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None);
        harness.Runtime.BaseAddress = new Uri($"http://{harness._host.Address}/2018-06-01/runtime/");
        return harness;
    }

    public async Task SendAsync(params string[] bodies)
    {
        foreach (var body in bodies)
        {
            await CallAsync("SendMessage", new
            {
                MessageBody = body,
                MessageGroupId = "acme",
                MessageAttributes = new { traceparent = new { DataType = "String", StringValue = "00-1" } },
            });
        }
    }

    /// <summary>The bodies that come (back) once every visibility timeout is over.</summary>
    public async Task<List<string>> LeftAsync()
    {
        Time.Advance(TimeSpan.FromSeconds(61));
        var answer = await CallAsync("ReceiveMessage", new { MaxNumberOfMessages = 10, WaitTimeSeconds = 0 });
        return answer.TryGetProperty("Messages", out var messages) ? [.. messages.EnumerateArray().Select(each => each.GetProperty("Body").GetString()!)] : [];
    }

    public async Task<(string Id, JsonElement Event, HttpResponseMessage Answer)> NextAsync()
    {
        var answer = await Runtime.GetAsync("invocation/next");
        return (answer.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single(), await answer.Content.ReadFromJsonAsync<JsonElement>(), answer);
    }

    public async Task<int> PostAsync(string path, string body)
    {
        using var answer = await Runtime.PostAsync(path, new StringContent(body));
        return (int)answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Runtime.Dispose();
        if (_host is not null) await _host.DisposeAsync();
        await _queues.DisposeAsync();
    }

    private async Task<JsonElement> CallAsync(string action, object request)
    {
        var body = JsonSerializer.SerializeToNode(request)!;
        body["QueueUrl"] = $"{Base}/000000000000/q";
        var headers = new Dictionary<string, string> { ["X-Amz-Target"] = "AmazonSQS." + action, ["Content-Type"] = "application/x-amz-json-1.0" };
        var reply = await _sqs(new ServiceRequest("POST", "/", "", headers, Encoding.UTF8.GetBytes(body.ToJsonString())), CancellationToken.None);
        Assert.True(reply.Status == 200, Encoding.UTF8.GetString(reply.Body));
        return JsonDocument.Parse(reply.Body).RootElement;
    }
}
