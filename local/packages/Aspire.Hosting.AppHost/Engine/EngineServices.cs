using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Engine;

/// <summary>What the parts of the engine share.</summary>
internal sealed class EngineServices
{
    public EngineServices(IServiceProvider services)
    {
        Services = services;
        Notifications = services.GetRequiredService<ResourceNotificationService>();
        Loggers = services.GetRequiredService<ResourceLoggerService>();
        Eventing = services.GetRequiredService<IDistributedApplicationEventing>();
        Context = services.GetRequiredService<DistributedApplicationExecutionContext>();
        Time = services.GetRequiredService<TimeProvider>();
        Logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Aspire.Hosting");
    }

    public IServiceProvider Services { get; }

    public ResourceNotificationService Notifications { get; }

    public ResourceLoggerService Loggers { get; }

    public IDistributedApplicationEventing Eventing { get; }

    public DistributedApplicationExecutionContext Context { get; }

    public TimeProvider Time { get; }

    /// <summary>The app host's own log.</summary>
    public ILogger Logger { get; }
}
