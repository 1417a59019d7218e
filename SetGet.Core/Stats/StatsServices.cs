using Microsoft.Extensions.DependencyInjection;

namespace SetGet.Core.Stats;

/// <summary>What the operators' page lives from.</summary>
public static class StatsServices
{
    /// <summary>Adds the counters, the count of live keys, the account index, and the service that reports all three once a second.</summary>
    public static IServiceCollection AddFlowStats(this IServiceCollection services)
    {
        services.AddSingleton<FlowStats>();
        services.AddSingleton<AccountIndex>();
        services.AddSingleton<FlowStore>();
        services.AddSingleton<LiveKeys>();
        services.AddSingleton<AccountDirectory>();
        services.AddHostedService<FlowStatsPublisher>();
        return services;
    }
}
