using Microsoft.Extensions.Configuration;

namespace SetGet.AppHost;

/// <summary>The parts of SetGet that are the same on a laptop and in AWS.</summary>
internal static class Composition
{
    private const int ApiPort = 5080;

    /// <summary>The root key: well known on a laptop, a secret anywhere else.</summary>
    public static IResourceBuilder<ParameterResource> AddRootKey(this IDistributedApplicationBuilder builder)
        => builder.ExecutionContext.IsRunMode
            ? builder.AddParameter("root-key", builder.Configuration["Parameters:root-key"] ?? "dev-root-key", secret: true)
            : builder.AddParameter("root-key", secret: true);

    /// <summary>Data outlives the run, beside the app host; a test's does not.</summary>
    public static IResourceBuilder<RedisResource> WithStorage(this IResourceBuilder<RedisResource> redis)
        => redis.ApplicationBuilder.IsUnderTest() ? redis.WithPersistence() : redis.WithDataVolume();

    public static IResourceBuilder<ProjectResource> AddApi(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<RedisResource> redis,
        IResourceBuilder<ParameterResource> rootKey)
        => builder.AddProject<Projects.SetGet_Api>("api", launchProfileName: null)
            .WithHttpEndpoint(port: ApiPort)
            .WithExternalHttpEndpoints()
            .WithSetGetDefaults(redis)
            .WithEnvironment("SetGet__RootKey", rootKey);

    /// <summary>The worker; and, where the application runs, spare ones that its command starts.</summary>
    public static IReadOnlyList<IResourceBuilder<ProjectResource>> AddWorkers(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<RedisResource> redis)
    {
        var worker = AddOne("worker");
        return builder.ExecutionContext.IsRunMode ? [worker, .. worker.WithScaling(AddOne)] : [worker];

        IResourceBuilder<ProjectResource> AddOne(string name)
            => builder.AddProject<Projects.SetGet_Worker>(name, launchProfileName: null)
                .WithHttpEndpoint()
                .WithSetGetDefaults(redis);
    }

    /// <summary>Whether a test runs this app host, possibly several at once: then ports are free ones, and data is temporary.</summary>
    public static bool IsUnderTest(this IDistributedApplicationBuilder builder)
        => builder.ExecutionContext.IsRunMode && builder.Configuration.GetValue("DcpPublisher:RandomizePorts", defaultValue: false);

    private static IResourceBuilder<ProjectResource> WithSetGetDefaults(
        this IResourceBuilder<ProjectResource> project,
        IResourceBuilder<RedisResource> redis)
    {
        if (project.ApplicationBuilder.ExecutionContext.IsRunMode)
            project.WithEnvironment("ASPNETCORE_ENVIRONMENT", project.ApplicationBuilder.Environment.EnvironmentName)
                // Ctrl+C must not wait for a dashboard that is not there, or has ended first.
                .WithEnvironment("SetGet__Telemetry__FlushTimeout", "00:00:01");
        return project
            .WithReference(redis)
            .WaitFor(redis)
            .WithHttpHealthCheck("/health");
    }
}
