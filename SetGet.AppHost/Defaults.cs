using Microsoft.Extensions.Configuration;

namespace SetGet.AppHost;

/// <summary>What API and workers have in common, and how a test differs from a run.</summary>
internal static class Defaults
{
    public static IResourceBuilder<ProjectResource> WithSetGetDefaults(
        this IResourceBuilder<ProjectResource> project, IResourceBuilder<IResourceWithConnectionString> redis)
    {
        if (project.ApplicationBuilder.ExecutionContext.IsRunMode)
            project.WithEnvironment("ASPNETCORE_ENVIRONMENT", project.ApplicationBuilder.Environment.EnvironmentName)
                // Ctrl+C must not wait for a dashboard that is not there, or has ended first.
                .WithEnvironment("SetGet__Telemetry__FlushTimeout", "00:00:01")
                // A page of another site, whose name was made to point here, is no caller: everybody knows the root key of a laptop.
                .WithEnvironment("AllowedHosts", "localhost;127.0.0.1;[::1]");
#pragma warning disable ASPIRECERTIFICATES001 // Experimental. Nothing here speaks HTTPS: else the dashboard warns on every page that no certificate is trusted.
        if (project.ApplicationBuilder.ExecutionContext.IsRunMode) project.WithoutHttpsCertificate();
#pragma warning restore ASPIRECERTIFICATES001
        // It waits for nothing: its health says what it still lacks, and it goes on by itself.
        return project
            .WithReference(redis)
            .WithHttpHealthCheck("/health");
    }

    /// <summary>Whether a test runs this app host, possibly several at once: then ports are free ones, and data is temporary.</summary>
    public static bool IsUnderTest(this IDistributedApplicationBuilder builder)
        => builder.ExecutionContext.IsRunMode && builder.Configuration.GetValue("DcpPublisher:RandomizePorts", defaultValue: false);

    /// <summary>
    /// What starts a local server: its program as it was built beside this one, without the second of processor time of <c>dotnet run</c> that a project costs.
    /// </summary>
    public static string Program(this IProjectMetadata project)
    {
        // bin/CONFIGURATION/FRAMEWORK
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var name = Path.GetFileNameWithoutExtension(project.ProjectPath);
        return Path.Combine(Path.GetDirectoryName(project.ProjectPath)!, "bin", output.Parent!.Name, output.Name, $"{name}.dll");
    }

    /// <summary>Where a local server keeps its data: beside the app host, over the run; a test's goes with the test.</summary>
    public static string DataFolder(this IDistributedApplicationBuilder builder, string name)
    {
        if (!builder.IsUnderTest()) return Path.Combine(builder.AppHostDirectory, ".data", name);
        var folder = Directory.CreateTempSubdirectory($"{name}-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(folder);
        return folder;
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // The server is still ending, and writes there: the system clears its temporary folder.
        }
    }
}
