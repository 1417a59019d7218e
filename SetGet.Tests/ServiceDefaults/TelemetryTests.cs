using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;

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
        using (var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) })
        {
            Assert.Equal("42", await client.GetStringAsync("/items/42"));
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
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var response = await client.SendAsync(request);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("http://127.0.0.1:1", "true")]
    public void Process_WithoutEndpointOrDisabled_HasNoTelemetry(string? endpoint, string? disabled)
    {
        using var app = Builder(endpoint, disabled).Build();
        Assert.Null(app.Services.GetService<LoggerProvider>());
        Assert.DoesNotContain(app.Services.GetServices<IHostedService>(), s => s.GetType().Name == "TelemetryService");
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

    private static WebApplicationBuilder Builder(string? endpoint, string? disabled = null, string protocol = "http/protobuf")
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
            new("SetGet:Telemetry:FlushTimeout", "00:01:00"),
        ]);
        builder.AddServiceDefaults();
        return builder;
    }
}
