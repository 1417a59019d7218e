using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SetGet.ServiceDefaults.Health;
using SetGet.ServiceDefaults.Resilience;
using SetGet.ServiceDefaults.Telemetry;

#pragma warning disable IDE0130 // Where an Aspire developer looks for them.
namespace Microsoft.Extensions.Hosting;
#pragma warning restore IDE0130

/// <summary>What every SetGet process shares: telemetry, health, service discovery, resilience. Two calls, as in any Aspire solution.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Adds the shared services. Call it first, before the process adds its own.</summary>
    /// <exception cref="InvalidOperationException">An <c>OTEL_*</c> setting cannot be used; the message names it.</exception>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ConfigureOpenTelemetry();
        HealthDefaults.Add(builder.Services);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(static http =>
        {
            http.AddStandardResilienceHandler(ResilienceDefaults.Configure);
            http.AddServiceDiscovery();
        });
        return builder;
    }

    /// <summary>
    /// Traces, metrics and logs over OTLP, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to. <see cref="AddServiceDefaults"/>
    /// calls it.
    /// </summary>
    /// <exception cref="InvalidOperationException">An <c>OTEL_*</c> setting cannot be used; the message names it.</exception>
    public static TBuilder ConfigureOpenTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        LogLevels.Add(builder);
        TelemetryDefaults.Add(builder);
        return builder;
    }

    /// <summary>
    /// Maps <c>GET /health</c> (ready: every check passes) and <c>GET /alive</c> (the process runs). In every environment:
    /// a load balancer probes them, so they carry no credentials and tell nothing but names and states.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        HealthDefaults.Map(app);
        return app;
    }
}
