using System.Net.Http.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using SetGet.Tests.EndToEnd;

namespace SetGet.Tests.ServiceDefaults;

/// <summary>A whole SetGet under its app host that sends its telemetry to a collector of the tests, and everything that it measures done once.</summary>
public sealed class ExportedTelemetryFixture : IAsyncLifetime
{
    internal const string Account = "acme";
    internal const string Secret = "a-text-that-no-signal-may-carry";

    /// <summary>W3C trace contexts of senders: trace and span.</summary>
    internal static readonly (string Trace, string Span) ThroughApi = ("1af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");
    internal static readonly (string Trace, string Span) ThroughGateway = ("2af7651916cd43dd8448eb211c80319c", "c7ad6b7169203331");
    internal static readonly (string Trace, string Span) Mixed = ("3af7651916cd43dd8448eb211c80319c", "d7ad6b7169203331");
    internal static readonly (string Trace, string Span) MixedToo = ("4af7651916cd43dd8448eb211c80319c", "e7ad6b7169203331");

    private OtlpCollector? _collector;
    private App? _app;

    internal OtlpCollector Collector => _collector ?? throw new InvalidOperationException("Nothing was started.");

    /// <summary>The id of the event that went through the API.</summary>
    internal string EventId { get; private set; } = "";

    public async Task InitializeAsync()
    {
        _collector = await OtlpCollector.StartAsync(grpc: true);
        _app = new App($"--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL={_collector.Url}", $"--AppHost:OtlpApiKey={OtlpCollector.Key}");
        await _app.InitializeAsync();
        await SetAndReadAsync();
        await SendOddMessagesAsync();
    }

    public async Task DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        if (_collector is not null) await _collector.DisposeAsync();
    }

    private static string Header((string Trace, string Span) context) => $"00-{context.Trace}-{context.Span}-01";

    private static string Envelope(string id, DateTimeOffset acceptedAt, string key, string? traceParent = null, int ttl = 3600) => $$"""
        {"v":1,"id":"{{id}}","acceptedAt":{{acceptedAt.ToUnixTimeMilliseconds()}},"sender":"root",{{(traceParent is null ? "" : $"\"traceparent\":\"{traceParent}\",")}}
        "set":{"accountId":"{{Account}}","flowId":"odd","webhookKeys":["{{key}}"],"data":1,"ttlSeconds":{{ttl}} } }
        """;

    private async Task SetAndReadAsync()
    {
        var accepted = await PostAsync(_app!.Api, new Uri("/set", UriKind.Relative), "api", ThroughApi);
        EventId = accepted!["id"].ToString()!;
        using var gateway = new HttpClient();
        gateway.DefaultRequestHeaders.Add("X-Api-Key", "dev-gateway-key");
        await PostAsync(gateway, new Uri(_app.GatewayUrl, "set"), "gateway", ThroughGateway);
        foreach (var key in new[] { "api", "gateway" })
        {
            using var read = await _app.Api.GetAsync(Account, key);
            read.EnsureSuccessStatusCode();
        }

        using var miss = await _app.Api.GetAsync($"/get/nothing-here?account={Account}");
        using var taken = await _app.Api.PostAsync($"/get/api/take?account={Account}", null);
        taken.EnsureSuccessStatusCode();
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
    private async Task SendOddMessagesAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        var (first, second) = (Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        using var queue = new QueueSide(_app!);
        // A worker under an app host waits at its end for a second at most until its telemetry is sent: for what is looked at later it need not.
        foreach (var trace in new[] { ThroughApi.Trace, ThroughGateway.Trace })
            await Collector.UntilAsync(c => c.Spans.Any(s => s.Trace == trace && s.Name == "store event"), $"trace {trace} to its end");
        await _app!.App.ResourceCommands.ExecuteCommandAsync("worker", KnownResourceCommands.StopCommand, limit.Token);
        await queue.SendBatchAsync(Account,
        [
            Envelope(first, now, "odd", Header(Mixed)),
            Envelope(second, now.AddSeconds(-1), "odd", Header(MixedToo)),
            Envelope(first, now, "odd"),
            Envelope(Guid.CreateVersion7().ToString(), now.AddHours(-2), "expired", ttl: 60),
            $"no envelope: {Secret}",
        ]);
        await _app.App.ResourceCommands.ExecuteCommandAsync("worker", KnownResourceCommands.StartCommand, limit.Token);
        await _app.App.ResourceNotifications.WaitForResourceHealthyAsync("worker", limit.Token);
        await queue.DrainedAsync();
    }

    private sealed class App(params string[] args) : AppFixture(args);
}
