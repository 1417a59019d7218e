using Microsoft.Extensions.DependencyInjection;

namespace SetGet.AppHost;

/// <summary>A program that speaks Redis's protocol, with a connection string as any Redis has one.</summary>
internal sealed class LocalRedisResource(string name, ParameterResource password, string folder)
    : ExecutableResource(name, "dotnet", folder), IResourceWithConnectionString
{
    internal const string EndpointName = "tcp";

    public ParameterResource Password { get; } = password;

    public EndpointReference Endpoint => field ??= new EndpointReference(this, EndpointName);

    public ReferenceExpression ConnectionStringExpression
        => ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.HostAndPort)},password={Password}");
}

internal static class LocalRedis
{
    public static IResourceBuilder<LocalRedisResource> AddLocalRedis(
        this IDistributedApplicationBuilder builder, string name, ParameterResource password, int port)
    {
        var redis = new LocalRedisResource(name, password, builder.AppHostDirectory);
        return builder.AddResource(redis)
            .WithEndpoint(port: port, scheme: "redis", name: LocalRedisResource.EndpointName)
            .WithEnvironment("REDIS_PASSWORD", password)
            .WithArgs("exec", new Projects.Redis().Program(), "--port", redis.Endpoint.Property(EndpointProperty.TargetPort))
            .WithConnectionCheck();
    }

    /// <summary>Healthy once it answers with the password.</summary>
    private static IResourceBuilder<LocalRedisResource> WithConnectionCheck(this IResourceBuilder<LocalRedisResource> redis)
    {
        string? connectionString = null;
        redis.OnConnectionStringAvailable(async (resource, _, cancellationToken)
            => connectionString = await ((IResourceWithConnectionString)resource).GetConnectionStringAsync(cancellationToken));
        var check = $"{redis.Resource.Name}-answers";
        redis.ApplicationBuilder.Services.AddHealthChecks().AddRedis(
            _ => connectionString ?? throw new DistributedApplicationException($"'{redis.Resource.Name}' has no connection string yet."), check);
        return redis.WithHealthCheck(check);
    }
}
