using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Building;

namespace Aspire.Hosting;

/// <summary>How a project is added.</summary>
public class ProjectResourceOptions
{
    /// <summary>The launch profile; the app host's own name of profile, else the first, where it is null.</summary>
    public string? LaunchProfileName { get; set; }

    public bool ExcludeLaunchProfile { get; set; }

    public bool ExcludeKestrelEndpoints { get; set; }
}

/// <summary>Adds projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
        => builder.AddProject<TProject>(name, _ => { });

    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="launchProfileName">The launch profile; null for none.</param>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder,
        string name,
        string? launchProfileName)
        where TProject : IProjectMetadata, new()
        => builder.AddProject<TProject>(name, Profile(launchProfileName));

    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder,
        string name,
        Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new()
        => ProjectSetup.Add(builder, name, new TProject(), configure);

    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder,
        string name,
        string projectPath)
        => builder.AddProject(name, projectPath, _ => { });

    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder,
        string name,
        string projectPath,
        string? launchProfileName)
        => builder.AddProject(name, projectPath, Profile(launchProfileName));

    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder,
        string name,
        string projectPath,
        Action<ProjectResourceOptions> configure)
        => ProjectSetup.Add(builder, name, new ProjectFile(Path.GetFullPath(projectPath, builder.AppHostDirectory)), configure);

    /// <summary>Runs several processes of the project; what its endpoints receive is spread over them.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(replicas);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Chooses the endpoints that <c>ASPNETCORE_URLS</c> names.</summary>
    public static IResourceBuilder<ProjectResource> WithEndpointsInEnvironment(
        this IResourceBuilder<ProjectResource> builder,
        Func<EndpointAnnotation, bool> filter)
        => builder.WithAnnotation(new EndpointEnvironmentFilterAnnotation(filter));

    public static IResourceBuilder<ProjectResource> DisableForwardedHeaders(this IResourceBuilder<ProjectResource> builder)
        => builder.WithAnnotation(new DisableForwardedHeadersAnnotation(), ResourceAnnotationMutationBehavior.Replace);

    private static Action<ProjectResourceOptions> Profile(string? launchProfileName) => options =>
    {
        options.ExcludeLaunchProfile = launchProfileName is null;
        options.LaunchProfileName = launchProfileName;
    };

    private sealed record ProjectFile(string ProjectPath) : IProjectMetadata;
}
