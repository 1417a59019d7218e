using Aspire.StackExchange.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SetGet.Core.Stats;
using StackExchange.Redis;

namespace SetGet.Core;

/// <summary>What API and worker share.</summary>
public static class CoreServices
{
    private const string RedisConnection = "redis";

    /// <summary>Adds the stores over the Redis connection <c>redis</c>, and checks their options at start.</summary>
    public static IHostApplicationBuilder AddSetGetCore(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        builder.AddRedisClient(RedisConnection, Configure, Configure);
        services.AddOptions<TtlOptions>().BindConfiguration(TtlOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TtlOptions>, ValidateTtlOptions>();
        services.AddOptions<HistoryOptions>().BindConfiguration(HistoryOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HistoryOptions>, ValidateHistoryOptions>();
        services.AddOptions<LimitSettings>().BindConfiguration(LimitSettings.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LimitSettings>, ValidateLimitSettings>();
        services.AddSingleton<RedisCalls>();
        services.AddSingleton<RedisProbe>();
        services.AddSingleton<EventStore>();
        services.AddSingleton<EventWaiter>();
        services.AddSingleton<TtlSettings>();
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton<IdempotencyStore>();
        services.AddSingleton<FlowSecrets>();
        services.AddSingleton<AccountLimits>();
        services.AddFlowStats();
        return builder;
    }

    private static void Configure(StackExchangeRedisSettings settings)
    {
        settings.DisableAutoActivation = false;
        // The service defaults trace it, with all else that they trace.
        settings.DisableTracing = true;
    }

    // A process starts without Redis, answers without Redis what it can, and says within two seconds that it cannot answer the rest.
    private static void Configure(ConfigurationOptions options)
    {
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = (int)RedisCalls.Timeout.TotalMilliseconds;
        options.SyncTimeout = (int)RedisCalls.Timeout.TotalMilliseconds;
    }
}
