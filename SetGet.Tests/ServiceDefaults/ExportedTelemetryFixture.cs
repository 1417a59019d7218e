using System.Globalization;
using System.Net.Http.Json;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using SetGet.Tests.Api;
using SetGet.Tests.EndToEnd;

namespace SetGet.Tests.ServiceDefaults;

/// <summary>A whole SetGet that sends its telemetry to a collector of the tests, and everything that it measures done once.</summary>
public sealed class ExportedTelemetryFixture : IAsyncLifetime
{
    internal const string Account = TelemetryStack.Account;
    internal const string Secret = "a-text-that-no-signal-may-carry";

    /// <summary>W3C trace contexts of senders: trace and span.</summary>
    internal static readonly (string Trace, string Span) ThroughApi = ("1af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");
    internal static readonly (string Trace, string Span) ThroughGateway = ("2af7651916cd43dd8448eb211c80319c", "c7ad6b7169203331");
    internal static readonly (string Trace, string Span) Mixed = ("3af7651916cd43dd8448eb211c80319c", "d7ad6b7169203331");
    internal static readonly (string Trace, string Span) MixedToo = ("4af7651916cd43dd8448eb211c80319c", "e7ad6b7169203331");

    private OtlpCollector? _collector;
    private TelemetryStack? _stack;

    internal OtlpCollector Collector => _collector ?? throw new InvalidOperationException("Nothing was started.");

    /// <summary>The id of the event that went through the API.</summary>
    internal string EventId { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        // Where the machine cannot run the stack, every test of it is skipped, by its class.
        if (ApiStack.StoreKind is not { } kind) return;
        _collector = await OtlpCollector.StartAsync(grpc: true);
        _stack = await TelemetryStack.StartAsync(kind, _collector.Url);
        // Sends nothing before its end: what comes from it has been saved by the flush.
        _stack.StartWorker(exportEvery: TimeSpan.FromHours(1));
        await SetAndReadAsync(_stack);
        await _stack.StopWorkerAsync();
        await SendOddMessagesAsync(_stack);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stack is not null) await _stack.DisposeAsync();
        if (_collector is not null) await _collector.DisposeAsync();
    }

    private static string Header((string Trace, string Span) context) => $"00-{context.Trace}-{context.Span}-01";

    private static string Envelope(string id, DateTimeOffset acceptedAt, string key, string? traceParent = null, int ttl = 3600) => $$"""
        {"v":1,"id":"{{id}}","acceptedAt":{{acceptedAt.ToUnixTimeMilliseconds()}},"sender":"root",{{(traceParent is null ? "" : $"\"traceparent\":\"{traceParent}\",")}}
        "set":{"accountId":"{{Account}}","flowId":"odd","webhookKeys":["{{key}}"],"data":1,"ttlSeconds":{{ttl}} } }
        """;

    private async Task SetAndReadAsync(TelemetryStack stack)
    {
        var accepted = await PostAsync(stack.Api, new Uri("/set", UriKind.Relative), "api", ThroughApi);
        EventId = accepted!["id"].ToString()!;
        await ReadAsync(stack, "api");
        // Only now, so that no batch holds both.
        await PostAsync(stack.Gateway, new Uri("set", UriKind.Relative), "gateway", ThroughGateway);
        await ReadAsync(stack, "gateway");
        using var miss = await stack.Api.GetAsync($"/get/nothing-here?account={Account}&note={Secret}");
        using var taken = await stack.Api.PostAsync($"/get/api/take?account={Account}", null);
        taken.EnsureSuccessStatusCode();
    }

    private static async Task ReadAsync(TelemetryStack stack, string key)
    {
        using var read = await stack.Api.GetAsync(Account, key);
        read.EnsureSuccessStatusCode();
    }

    private static async Task<Dictionary<string, object>?> PostAsync(HttpClient client, Uri address, string key, (string Trace, string Span) context)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = Sending.Json(Sending.SetText(Account, $"\"{Secret}\"", key)) };
        request.Headers.Add("traceparent", Header(context));
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<Dictionary<string, object>>();
    }

    // While no worker runs they gather, and are received as one batch.
    private static async Task SendOddMessagesAsync(TelemetryStack stack)
    {
        var now = TimeProvider.System.GetUtcNow();
        var (first, second) = (Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString());
        string[] bodies =
        [
            Envelope(first, now, "odd", Header(Mixed)),
            Envelope(second, now.AddSeconds(-1), "odd", Header(MixedToo)),
            Envelope(first, now, "odd"),
            Envelope(Guid.CreateVersion7().ToString(), now.AddHours(-2), "expired", ttl: 60),
            $"no envelope: {Secret}",
        ];
        var configuration = new AmazonSQSConfig { ServiceURL = stack.Sqs.ToString(), AuthenticationRegion = "us-east-1" };
        using var sqs = new AmazonSQSClient(new BasicAWSCredentials("local", "local"), configuration);
        var entries = bodies.Select((body, i)
            => new SendMessageBatchRequestEntry { Id = i.ToString(CultureInfo.InvariantCulture), MessageGroupId = Account, MessageBody = body });
        var sent = await sqs.SendMessageBatchAsync(stack.EventsQueueUrl, [.. entries]);
        Assert.Null(sent.Failed);
        stack.StartWorker(exportEvery: TimeSpan.FromSeconds(1));
    }
}
