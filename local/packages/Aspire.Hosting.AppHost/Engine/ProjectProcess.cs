using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Processes;

namespace Aspire.Hosting.Engine;

/// <summary>How a project runs.</summary>
internal static class ProjectProcess
{
    /// <summary>The variables that a project does not inherit from the app host: they describe the app host itself.</summary>
    public static readonly string[] NotInherited =
        ["ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "ASPNETCORE_HTTPS_PORT"];

    /// <summary>The variables that every project gets; its own callbacks may change them.</summary>
    public static Dictionary<string, object> BaseVariables(IResource resource, InstancePorts ports)
    {
        var variables = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true",
            ["LOGGING__CONSOLE__FORMATTERNAME"] = "simple",
        };
        var filters = resource.Annotations.OfType<EndpointEnvironmentFilterAnnotation>().ToList();
        var http = ports.All
            .Where(p => p.Key.UriScheme is "http" or "https" && filters.All(f => f.Filter(p.Key)))
            .Select(p => $"{p.Key.UriScheme}://{p.Key.TargetHost}:{p.Value}")
            .ToList();
        if (http.Count > 0)
            variables["ASPNETCORE_URLS"] = string.Join(';', http);
        if (resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(e => e.UriScheme == "https") is { } https)
            variables["ASPNETCORE_HTTPS_PORT"] = $"{https.AllocatedEndpoint!.Port}";
        return variables;
    }

    /// <summary>
    /// A project that has been built is started directly, which takes a fraction of what <c>dotnet run</c> does; any other
    /// is built and run by that.
    /// </summary>
    public static ProcessSpec Prepare(
        IProjectMetadata metadata,
        IReadOnlyDictionary<string, string> environment,
        IReadOnlyList<string> arguments)
    {
        var folder = Path.GetDirectoryName(metadata.ProjectPath)!;
        string[] command = metadata is IProjectOutput output && File.Exists(output.TargetPath)
            ? ["exec", output.TargetPath]
            : ["run", "--project", metadata.ProjectPath, .. metadata.SuppressBuild ? ["--no-build"] : Array.Empty<string>(), "--no-launch-profile", "--"];
        return new ProcessSpec
        {
            Command = CommandPath.Dotnet(),
            Arguments = [.. command, .. arguments],
            WorkingDirectory = folder,
            Environment = environment,
        };
    }
}
