using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace SetGet.Tests.ServiceDefaults;

public sealed class TelemetryTests
{
    private static readonly ActivitySource Source = new("SetGet.Tests");

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task Process_WithCollector_SendsTracesMetricsAndLogsAtStop(string protocol)
    {
        await using var collector = await OtlpCollector.StartAsync(grpc: protocol == "grpc");
        var builder = Builder(collector.Url, protocol: protocol);
        builder.Services.AddHealthChecks().AddCheck("probe", () =>
        {
            using var inner = Source.StartActivity("below-a-probe");
            return HealthCheckResult.Healthy();
        });
        await using var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapGet("/items/{id}", static (string id, ILogger<TelemetryTests> logger) =>
        {
            using var inner = Source.StartActivity("inner-work");
            logger.LogWarning("A line about {ItemId}", id);
            return id;
        });
        await app.StartAsync();
        using (var client = Client(app))
        {
            Assert.Equal("42", await client.GetStringAsync("/items/42?key=a-callers-text"));
            await client.GetStringAsync("/health");
            await client.GetStringAsync("/alive");
        }

        await app.StopAsync();

        Assert.Contains("GET /items/{id}", collector.Traces, StringComparison.Ordinal);
        Assert.Contains("http.route", collector.Traces, StringComparison.Ordinal);
        Assert.Contains("http.response.status_code", collector.Traces, StringComparison.Ordinal);
        Assert.Contains("inner-work", collector.Traces, StringComparison.Ordinal);
        Assert.DoesNotContain("/health", collector.Traces, StringComparison.Ordinal);
        Assert.DoesNotContain("/alive", collector.Traces, StringComparison.Ordinal);
        Assert.DoesNotContain("a-callers-text", collector.Traces, StringComparison.Ordinal);
        Assert.DoesNotContain("below-a-probe", collector.Traces, StringComparison.Ordinal);
        Assert.DoesNotContain("System.Net.Http", collector.Traces, StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", collector.Metrics, StringComparison.Ordinal);
        Assert.Contains("dotnet.process.cpu.time", collector.Metrics, StringComparison.Ordinal);
        Assert.Contains("A line about 42", collector.Logs, StringComparison.Ordinal);
        Assert.Contains("ItemId", collector.Logs, StringComparison.Ordinal);
        Assert.All([collector.Traces, collector.Metrics, collector.Logs], signal =>
        {
            Assert.Contains("a-service", signal, StringComparison.Ordinal);
            Assert.Contains("replica-7", signal, StringComparison.Ordinal);
            Assert.Contains("deployment.environment.name", signal, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Process_RequestWithTraceParent_ContinuesTheTrace()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var app = Builder(collector.Url).Build();
        app.MapGet("/", static () => Activity.Current!.TraceId.ToString());
        await app.StartAsync();
        using var client = Client(app);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var response = await client.SendAsync(request);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("grpc", true)]
    [InlineData("grpc", false)]
    [InlineData("http/protobuf", true)]
    [InlineData("http/protobuf", false)]
    public async Task Process_CollectorGoneOrSilent_EndsWithinTheFlushTimeout(string protocol, bool isSilent)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var url = $"http://{silent.LocalEndpoint}";
        if (!isSilent) silent.Stop();
        var app = Builder(url, protocol: protocol, flushTimeout: "00:00:01").Build();
        app.MapGet("/", static (ILogger<TelemetryTests> logger) => logger.LogWarning("A line"));
        await app.StartAsync();
        using (var client = Client(app))
            await client.GetStringAsync("/");
        var watch = Stopwatch.StartNew();
        await app.StopAsync();
        await app.DisposeAsync();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("http://127.0.0.1:1", "true")]
    public void Process_WithoutEndpointOrDisabled_HasNoTelemetry(string? endpoint, string? disabled)
    {
        using var app = Builder(endpoint, disabled).Build();
        Assert.Null(app.Services.GetService<LoggerProvider>());
        Assert.Null(app.Services.GetService<TracerProvider>());
        Assert.Null(app.Services.GetService<MeterProvider>());
    }

    [Theory]
    [InlineData("localhost:4317", "grpc", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("ftp://localhost", "grpc", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("http://localhost:4317", "json", "OTEL_EXPORTER_OTLP_PROTOCOL")]
    public void AddServiceDefaults_UnusableVariable_NamesIt(string endpoint, string protocol, string key)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
        builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol;
        var error = Assert.Throws<InvalidOperationException>(() => builder.AddServiceDefaults());
        Assert.StartsWith(key, error.Message, StringComparison.Ordinal);
    }

    /// <summary>As from another process: this one's own calls that belong to no trace are not recorded, which it would tell the server.</summary>
    private static HttpClient Client(WebApplication app)
        => new(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = new Uri(app.Urls.Single()) };

    private static WebApplicationBuilder Builder(string? endpoint, string? disabled = null, string protocol = "http/protobuf", string flushTimeout = "00:01:00")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
        [
            new("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint),
            new("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
            new("OTEL_EXPORTER_OTLP_HEADERS", "x-otlp-api-key=" + OtlpCollector.Key),
            new("OTEL_SERVICE_NAME", "a-service"),
            new("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=replica-7"),
            new("OTEL_SDK_DISABLED", disabled),
            // As an app host does in Development.
            new("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true"),
            new("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory"),
            new("SetGet:Telemetry:FlushTimeout", flushTimeout),
        ]);
        builder.AddServiceDefaults();
        return builder;
    }
}
