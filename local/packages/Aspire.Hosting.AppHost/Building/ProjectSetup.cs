using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Building;

/// <summary>What a project brings with it: its launch profile's endpoints and variables.</summary>
internal static class ProjectSetup
{
    public static IResourceBuilder<ProjectResource> Add(
        IDistributedApplicationBuilder builder,
        string name,
        IProjectMetadata metadata,
        Action<ProjectResourceOptions> configure)
    {
        var options = new ProjectResourceOptions();
        configure(options);
        var project = builder.AddResource(new ProjectResource(name)).WithAnnotation(metadata);
        var (profileName, profile) = options.ExcludeLaunchProfile ? default : FindProfile(builder, metadata, options.LaunchProfileName);
        if (profile is not null)
        {
            project.WithAnnotation(new LaunchProfileAnnotation(profileName!, profile));
            AddEndpoints(project.Resource, profile);
        }

        if (builder.ExecutionContext.IsPublishMode)
            project.WithEnvironment(Publishing.ProjectPublishing.AddEnvironment);
        return project.WithOtlpExporter();
    }

    private static (string? Name, LaunchProfile? Profile) FindProfile(
        IDistributedApplicationBuilder builder,
        IProjectMetadata metadata,
        string? wanted)
    {
        var settings = metadata.LaunchSettings ?? LaunchSettings.Read(Path.GetDirectoryName(metadata.ProjectPath)!);
        if (wanted is not null)
            return settings?.Profiles.TryGetValue(wanted, out var named) == true
                ? (wanted, named)
                : throw new DistributedApplicationException(
                    $"Project {metadata.ProjectPath} has no launch profile '{wanted}' in Properties/launchSettings.json.");
        var hostProfile = builder.Configuration["AppHost:DefaultLaunchProfileName"] ?? builder.Configuration["DOTNET_LAUNCH_PROFILE"];
        if (hostProfile is not null && settings?.Profiles.TryGetValue(hostProfile, out var same) == true)
            return (hostProfile, same);
        return settings?.Profiles
            .Where(p => string.Equals(p.Value.CommandName, "Project", StringComparison.OrdinalIgnoreCase))
            .Select(p => ((string?)p.Key, (LaunchProfile?)p.Value))
            .FirstOrDefault() ?? default;
    }

    /// <summary>
    /// One endpoint for each scheme. Everything here is plain HTTP on loopback, so that no developer certificate is needed:
    /// of a profile that offers both, the plain one is taken.
    /// </summary>
    private static void AddEndpoints(ProjectResource project, LaunchProfile profile)
    {
        var urls = (profile.ApplicationUrl ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(url => new Uri(url, UriKind.Absolute))
            .ToList();
        var plain = urls.Where(u => u.Scheme == Uri.UriSchemeHttp).ToList();
        foreach (var url in plain.Count > 0 ? plain.Take(1) : urls.Take(1))
            project.Annotations.Add(new EndpointAnnotation(
                ProtocolType.Tcp,
                uriScheme: "http",
                name: "http",
                port: url.Port == 0 ? null : url.Port));
    }
}

/// <summary>The launch profile of a project.</summary>
internal sealed record LaunchProfileAnnotation(string Name, LaunchProfile Profile) : IResourceAnnotation;

/// <summary>The project does not read forwarded headers.</summary>
internal sealed class DisableForwardedHeadersAnnotation : IResourceAnnotation;
