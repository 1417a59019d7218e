using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers Redis clients with logs, a health check and spans.</summary>
public static class AspireRedisExtensions
{
    private const string SectionName = "Aspire:StackExchange:Redis";

    /// <summary>
    /// Registers <see cref="IConnectionMultiplexer"/> as a singleton, connected when it is first asked for.
    /// <c>ConnectionStrings:{connectionName}</c> wins over the sections; the delegates have the last word.
    /// </summary>
    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null) =>
        Add(builder, connectionName, configureSettings, configureOptions, serviceKey: null);

    /// <inheritdoc cref="AddRedisClient"/>
    public static AspireRedisClientBuilder AddRedisClientBuilder(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null) =>
        Add(builder, connectionName, configureSettings, configureOptions, serviceKey: null);

    /// <summary>As <see cref="AddRedisClient"/>, under a key that is also the connection's name.</summary>
    public static void AddKeyedRedisClient(
        this IHostApplicationBuilder builder,
        string name,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null) =>
        Add(builder, name, configureSettings, configureOptions, serviceKey: name);

    /// <inheritdoc cref="AddKeyedRedisClient"/>
    public static AspireRedisClientBuilder AddKeyedRedisClientBuilder(
        this IHostApplicationBuilder builder,
        string name,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null) =>
        Add(builder, name, configureSettings, configureOptions, serviceKey: name);

    private static AspireRedisClientBuilder Add(
        IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings,
        Action<ConfigurationOptions>? configureOptions,
        string? serviceKey)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        IConfigurationSection[] sections =
            [builder.Configuration.GetSection(SectionName), builder.Configuration.GetSection($"{SectionName}:{connectionName}")];
        var settings = ReadSettings(builder.Configuration, sections, connectionName);
        configureSettings?.Invoke(settings);

        var recipe = new RedisConnectionRecipe(settings, sections, connectionName, configureOptions);
        if (serviceKey is null)
            builder.Services.AddSingleton(services => RedisConnection.Connect(services, recipe));
        else
            builder.Services.AddKeyedSingleton(serviceKey, (services, _) => RedisConnection.Connect(services, recipe));

        AddExtras(builder.Services, settings, serviceKey);
        return new AspireRedisClientBuilder(builder, settings, serviceKey);
    }

    private static StackExchangeRedisSettings ReadSettings(
        IConfiguration configuration, IConfigurationSection[] sections, string connectionName)
    {
        var settings = new StackExchangeRedisSettings();
        foreach (var section in sections)
            section.Bind(settings);
        if (configuration.GetConnectionString(connectionName) is { Length: > 0 } connectionString)
            settings.ConnectionString = connectionString;
        return settings;
    }

    private static void AddExtras(IServiceCollection services, StackExchangeRedisSettings settings, string? serviceKey)
    {
        if (!settings.DisableHealthChecks)
        {
            services.AddHealthChecks().Add(new HealthCheckRegistration(
                serviceKey is null ? "StackExchange.Redis" : $"StackExchange.Redis_{serviceKey}",
                provider => new RedisHealthCheck(() => RedisConnection.Resolve(provider, serviceKey)),
                failureStatus: null,
                tags: null));
        }

        if (!settings.DisableAutoActivation)
            services.AddHostedService(provider => new RedisActivation(() => RedisConnection.Resolve(provider, serviceKey)));
    }
}
