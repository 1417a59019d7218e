using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using SetGet.ServiceDefaults.Health;

namespace SetGet.ServiceDefaults.Telemetry;

/// <summary>Traces, metrics and logs over OTLP: what the process itself and its frameworks measure.</summary>
internal static class TelemetryDefaults
{
    /// <summary>The sources and meters of this solution.</summary>
    private const string Own = "SetGet.*";

    internal static void Add(IHostApplicationBuilder builder)
    {
        if (!TelemetrySettings.IsEnabled(builder.Configuration))
            return;

        // Trace context only. Else the instrumentation looks into every request, recorded or not, for a caller's baggage, and sends it on to AWS.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        var tracesPerSecond = TelemetrySettings.TracesPerSecond(builder.Configuration);
        var flushTimeout = TelemetrySettings.FlushTimeout(builder.Configuration);
        builder.Logging.AddOpenTelemetry(static logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
        });
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, builder.Environment))
            .WithTracing(traces => Trace(traces, tracesPerSecond))
            .WithMetrics(Measure)
            .UseOtlpExporter();
        builder.Services.Configure<OtlpExporterOptions>(UseOwnClient);
        builder.Services.AddHostedService(services => new TelemetryFlush(services, flushTimeout));
    }

    private static void Trace(TracerProviderBuilder traces, int? perSecond)
    {
        traces.AddSource(Own)
            .AddAspNetCoreInstrumentation(static server =>
            {
                // Probes come every few seconds and say nothing. What is started below a span that is not recorded is not either.
                server.Filter = static context => !HealthDefaults.IsProbe(context.Request.Path);
                // What is in it is the caller's business.
                server.EnrichWithHttpRequest = static (span, _) => span.SetTag("url.query", null);
            })
            // A background loop's long polls and counters belong to no trace. A loop that has something to tell starts a span of its own.
            .AddHttpClientInstrumentation(
                static client => client.FilterHttpRequestMessage = static _ => Activity.Current?.ParentSpanId != default(ActivitySpanId));
        RedisSpans.Add(traces);
        if (perSecond is { } budget)
            traces.SetSampler(new ParentBasedSampler(new TraceBudgetSampler(budget, TimeProvider.System)));
    }

    private static void Measure(MeterProviderBuilder metrics) => metrics
        .AddMeter(Own)
        .AddAspNetCoreInstrumentation()
        .AddHttpClientInstrumentation()
        .AddRuntimeInstrumentation()
        // Counts every request a second time.
        .AddView("aspnetcore.routing.match_attempts", MetricStreamConfiguration.Drop);

    /// <summary>
    /// Over HTTP the exporter would take its client from the process's factory, with the resilience of all clients: sent again beside the
    /// exporter's own retries, an export to a collector that is gone would hold up the end of the process.
    /// </summary>
    private static void UseOwnClient(OtlpExporterOptions exporter)
    {
        var own = exporter.HttpClientFactory;
        exporter.HttpClientFactory = () => own();
    }

    /// <summary>The variables come last, and win: an app host names its processes by them.</summary>
    private static void Describe(ResourceBuilder resource, IHostEnvironment environment) => resource
        .Clear()
        .AddService(environment.ApplicationName, serviceVersion: Version())
        .AddAttributes([new("deployment.environment.name", environment.EnvironmentName)])
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();

    private static string? Version()
        => Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
