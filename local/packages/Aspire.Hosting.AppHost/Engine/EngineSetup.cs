using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Engine;

/// <summary>Registers the engine.</summary>
internal static class EngineSetup
{
    public static void AddEngine(IDistributedApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(new EngineOptions(builder.Configuration));
        services.AddSingleton<EngineServices>();
        if (builder.ExecutionContext.IsPublishMode)
        {
            services.AddSingleton<IHostedService, Publishing.ManifestPublisher>();
            return;
        }

        services.AddSingleton<IHostedService, HealthMonitor>();
        services.AddSingleton<IHostedService, ApplicationEngine>();
        services.AddSingleton<IHostedService, LauncherWatch>();
    }
}
