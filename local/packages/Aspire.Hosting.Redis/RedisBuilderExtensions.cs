using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Aspire.Hosting.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds Redis.</summary>
public static class RedisBuilderExtensions
{
    private const int ContainerPort = 6379;
    private const string DataFolder = "/data";

    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name, int? port)
        => builder.AddRedis(name, port, password: null);

    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name, and that of its connection string.</param>
    /// <param name="port">The port it listens on; a free one where it is null.</param>
    /// <param name="password">Its password; a generated one where it is null.</param>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder,
        string name,
        int? port = null,
        IResourceBuilder<ParameterResource>? password = null)
    {
        var secret = password?.Resource
            ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var redis = new RedisResource(name, secret);
        var key = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key, _ => new RedisHealthCheck(redis), failureStatus: null, tags: null));
        if (password is null)
            builder.AddResource(secret);
        return builder.AddResource(redis)
            .WithEndpoint(port: port, targetPort: ContainerPort, scheme: "redis", name: RedisResource.PrimaryEndpointName)
            .WithAnnotation(new ContainerImageAnnotation { Registry = "docker.io", Image = "library/redis", Tag = "8.6" })
            .WithAnnotation(new LocalProcessAnnotation(new RedisServer(redis, builder).PrepareAsync))
            .WithHealthCheck(key)
            .WithEnvironment(context =>
            {
                if (redis.PasswordParameter is { } current)
                    context.EnvironmentVariables["REDIS_PASSWORD"] = current;
            })
            .WithArgs(context => AddContainerArguments(context, redis));
    }

    /// <summary>Keeps its data in a volume: a folder <c>.data</c> beside the app host, on this machine.</summary>
    public static IResourceBuilder<RedisResource> WithDataVolume(
        this IResourceBuilder<RedisResource> builder,
        string? name = null,
        bool isReadOnly = false)
        => builder.WithData(new ContainerMountAnnotation(
            name ?? $"{AppHostName(builder)}-{builder.Resource.Name}-data", DataFolder, ContainerMountType.Volume, isReadOnly));

    /// <summary>Keeps its data in a folder.</summary>
    public static IResourceBuilder<RedisResource> WithDataBindMount(
        this IResourceBuilder<RedisResource> builder,
        string source,
        bool isReadOnly = false)
        => builder.WithData(new ContainerMountAnnotation(
            Path.GetFullPath(source, builder.ApplicationBuilder.AppHostDirectory), DataFolder, ContainerMountType.BindMount, isReadOnly));

    /// <summary>Takes snapshots of the data: one each <paramref name="interval"/> (else a minute) in which enough keys changed.</summary>
    public static IResourceBuilder<RedisResource> WithPersistence(
        this IResourceBuilder<RedisResource> builder,
        TimeSpan? interval = null,
        long keysChangedThreshold = 1)
        => builder.WithAnnotation(
            new RedisPersistenceAnnotation(interval ?? TimeSpan.FromMinutes(1), keysChangedThreshold),
            ResourceAnnotationMutationBehavior.Replace);

    public static IResourceBuilder<RedisResource> WithHostPort(this IResourceBuilder<RedisResource> builder, int? port)
        => builder.WithEndpoint(RedisResource.PrimaryEndpointName, endpoint => endpoint.Port = port);

    public static IResourceBuilder<RedisResource> WithPassword(
        this IResourceBuilder<RedisResource> builder,
        IResourceBuilder<ParameterResource>? password)
    {
        builder.Resource.SetPassword(password?.Resource);
        return builder;
    }

    private static IResourceBuilder<RedisResource> WithData(this IResourceBuilder<RedisResource> builder, ContainerMountAnnotation mount)
    {
        builder.WithAnnotation(mount);
        return mount.IsReadOnly ? builder : builder.WithPersistence();
    }

    private static string AppHostName(IResourceBuilder<RedisResource> builder)
        => (builder.ApplicationBuilder.Configuration["AppHost:Name"] ?? "apphost").ToLowerInvariant();

    /// <summary>What the container is started with where it is deployed; on this machine <see cref="RedisServer"/> decides.</summary>
    private static void AddContainerArguments(CommandLineArgsCallbackContext context, RedisResource redis)
    {
        if (context.ExecutionContext.IsRunMode)
            return;
        redis.Entrypoint = "/bin/sh";
        var command = new List<string> { "redis-server" };
        if (redis.PasswordParameter is not null)
            command.Add("--requirepass $REDIS_PASSWORD");
        if (redis.TryGetLastAnnotation<RedisPersistenceAnnotation>(out var persistence))
            command.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"--save {(long)persistence.Interval.TotalSeconds} {persistence.KeysChangedThreshold}"));
        context.Args.Add("-c");
        context.Args.Add(string.Join(' ', command));
    }
}
