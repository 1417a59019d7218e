using System.Reflection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace SetGet.ServiceDefaults.Telemetry;

/// <summary>
/// Traces, metrics and logs over OTLP. What the process itself and its frameworks measure, by name; there are no
/// instrumentation packages between.
/// </summary>
internal static class TelemetryDefaults
{
    private static readonly string[] Sources =
    [
        "SetGet.*",
        "Microsoft.AspNetCore",
        "System.Net.Http",
        // The name that Aspire's Redis component gives its spans.
        "OpenTelemetry.Instrumentation.StackExchangeRedis",
    ];

    private static readonly string[] Meters = ["SetGet.*", "Microsoft.AspNetCore.*", "System.Net.*", "System.Runtime"];

    internal static void Add(IHostApplicationBuilder builder)
    {
        if (!TelemetrySettings.IsEnabled(builder.Configuration))
            return;

        // First, so that it is around all other middleware.
        builder.Services.Insert(0, ServiceDescriptor.Transient<IStartupFilter, ServerSpans>());
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
            logs.SetResourceBuilder(Describe(ResourceBuilder.CreateEmpty(), builder.Environment));
            logs.AddOtlpExporter();
        });
        var sampler = TelemetrySettings.TracesPerSecond(builder.Configuration) is { } perSecond
            ? new ParentBasedSampler(new TraceBudgetSampler(perSecond, TimeProvider.System))
            : null;
        var flushTimeout = TelemetrySettings.FlushTimeout(builder.Configuration);
        // Hosted services stop in reverse order: registered first, it flushes after all others have ended.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(services => new TelemetryService(
            () => Create(builder.Configuration, builder.Environment, sampler), services.GetService<LoggerProvider>(), flushTimeout)));
    }

    private static OpenTelemetrySdk Create(IConfiguration configuration, IHostEnvironment environment, Sampler? sampler) =>
        OpenTelemetrySdk.Create(telemetry =>
        {
            telemetry.Services.AddSingleton(configuration);
            telemetry.ConfigureResource(resource => Describe(resource.Clear(), environment));
            telemetry.WithTracing(traces =>
            {
                traces.AddSource(Sources).AddProcessor(new RootClientSpanFilter());
                if (sampler is not null)
                    traces.SetSampler(sampler);
            });
            telemetry.WithMetrics(metrics => metrics
                .AddMeter(Meters)
                // Counts every request a second time.
                .AddView("aspnetcore.routing.match_attempts", MetricStreamConfiguration.Drop));
            telemetry.UseOtlpExporter();
        });

    /// <summary>The variables come last, and win: an app host names its processes by them.</summary>
    private static ResourceBuilder Describe(ResourceBuilder resource, IHostEnvironment environment) => resource
        .AddService(environment.ApplicationName, serviceVersion: Version())
        .AddAttributes([new("deployment.environment.name", environment.EnvironmentName)])
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();

    private static string? Version() =>
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
