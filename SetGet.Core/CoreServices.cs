using Aspire.StackExchange.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SetGet.Core.Accounts;
using SetGet.Core.Redis;
using SetGet.Core.Senders;
using SetGet.Core.Signing;
using SetGet.Core.Store;
using SetGet.Core.Throughput;
using StackExchange.Redis;

namespace SetGet.Core;

/// <summary>What API and worker share.</summary>
public static class CoreServices
{
    private const string RedisConnection = "redis";

    /// <summary>Adds the stores over the Redis connection <c>redis</c>, and checks their options at start.</summary>
    public static IHostApplicationBuilder AddSetGetCore(this IHostApplicationBuilder builder)
    {
        builder.AddRedisClient(RedisConnection, Configure, Configure);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<TtlOptions>().BindConfiguration(TtlOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TtlOptions>, TtlOptionsValidator>();
        services.AddOptions<LimitSettings>().Configure(limits => limits.MaxKeysPerEvent = LimitSettings.DefaultMaxKeysPerEvent).BindConfiguration(
            LimitSettings.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LimitSettings>, LimitSettingsValidator>();
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>();
        services.AddSingleton<RedisCalls>();
        services.AddHealthChecks().AddCheck<RedisHealthCheck>("redis");
        services.AddSingleton<RedisProbe>();
        services.AddSingleton<AccountDirectory>();
        services.AddSingleton<FlowDirectory>();
        services.AddSingleton<RecentEvents>();
        services.AddSingleton<AccountLimits>();
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton<FlowSecrets>();
        services.AddSingleton<FlowSources>();
        services.AddSingleton<FlowDoors>();
        services.AddSingleton<RecentDeliveries>();
        services.AddSingleton<TtlSettings>();
        services.AddSingleton<LiveCounts>();
        services.AddSingleton<IdempotencyStore>();
        services.AddSingleton<ThroughputStore>();
        services.AddSingleton<ThroughputCounters>();
        services.AddSingleton<IReported>(provider => provider.GetRequiredService<ThroughputCounters>());
        services.AddSingleton<IReported>(provider => provider.GetRequiredService<LiveCounts>());
        services.AddSingleton<IReported>(provider => provider.GetRequiredService<AccountDirectory>());
        services.AddSingleton<IReported>(provider => provider.GetRequiredService<FlowDirectory>());
        services.AddSingleton<IReported>(provider => provider.GetRequiredService<RecentEvents>());
        services.AddSingleton<IReported>(provider => provider.GetRequiredService<RecentDeliveries>());
        services.AddHostedService<ReportingService>();
        return builder;
    }

    /// <summary>Adds what reads events, and takes them.</summary>
    public static IServiceCollection AddEventReading(this IServiceCollection services)
    {
        services.AddSingleton<EventReader>();
        services.AddSingleton<EventTaker>();
        services.AddSingleton<EventWaiter>();
        return services;
    }

    /// <summary>Adds what stores events.</summary>
    public static IServiceCollection AddEventWriting(this IServiceCollection services)
    {
        services.AddOptions<HistoryOptions>().BindConfiguration(HistoryOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HistoryOptions>, HistoryOptionsValidator>();
        services.AddSingleton<EventIdentity>();
        services.AddSingleton<EventWriter>();
        return services;
    }

    private static void Configure(StackExchangeRedisSettings settings)
    {
        settings.DisableAutoActivation = false;
        // The service defaults trace it, with all else that they trace.
        settings.DisableTracing = true;
        // RedisHealthCheck says why.
        settings.DisableHealthChecks = true;
    }

    // A process starts without Redis, answers without Redis what it can, and says within two seconds that it cannot answer the rest.
    private static void Configure(ConfigurationOptions options)
    {
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = (int)RedisCalls.Timeout.TotalMilliseconds;
        options.SyncTimeout = (int)RedisCalls.Timeout.TotalMilliseconds;
    }
}
