using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace SetGet.AppHost;

/// <summary>Redis: a project of this solution on a laptop, a container where an engine runs, and when published.</summary>
internal static class RedisServers
{
    private const string Name = "redis";
    private const int Port = 5083;

    /// <summary>Garnet, from NuGet, in <c>local/servers/Redis</c>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddLocalRedis(this IDistributedApplicationBuilder builder)
    {
        var password = builder.AddParameter($"{Name}-password", new GenerateParameterDefault { MinLength = 22, Special = false }, secret: true, persist: true);
        var redis = builder.AddLocalRedis(Name, password.Resource, builder.Port(Name, Port));
        return redis.WithArgs("--data", builder.DataFolder("setget.apphost-redis-data"));
    }

    /// <summary>The real one, in its container.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddRedisContainer(this IDistributedApplicationBuilder builder)
    {
        var redis = builder.AddRedis(Name, builder.Port(Name, Port)).WithDataVolume("setget-redis-data").WithPersistence();
        return builder.ExecutionContext.IsRunMode ? redis.WithRedisInsight().RequireEngine() : redis;
    }

    /// <summary>Refuses a run that would wait for ever: without an engine the container never starts, nor anything that needs it.</summary>
    private static IResourceBuilder<RedisResource> RequireEngine(this IResourceBuilder<RedisResource> redis)
    {
        redis.ApplicationBuilder.Eventing.Subscribe<BeforeStartEvent>(async (start, cancellationToken) =>
        {
#pragma warning disable ASPIRECONTAINERRUNTIME001 // Experimental: which engine Aspire uses, and whether it runs.
            var engine = await start.Services.GetRequiredService<IContainerRuntimeResolver>().ResolveAsync(cancellationToken);
            if (!await engine.CheckIfRunningAsync(cancellationToken))
                throw new DistributedApplicationException(
                    $"{CommandLine.Containers} runs Redis as a container, and {engine.Name} does not run here. "
                    + $"Start it (or another engine, named by ASPIRE_CONTAINER_RUNTIME), or leave {CommandLine.Containers} out.");
#pragma warning restore ASPIRECONTAINERRUNTIME001
        });
        return redis;
    }
}
