using SetGet.Benchmarks.Processes;

namespace SetGet.Benchmarks.Service;

/// <summary>Projects that are no reference of this one: built and run as a developer does.</summary>
internal static class Dotnet
{
    internal static string AppHostProject { get; } = Path.Combine(Repository.Root, "SetGet.AppHost", "SetGet.AppHost.csproj");

    internal static Task BuildAsync(string project, CancellationToken cancellationToken)
        => Tools.RunAsync("dotnet", ["build", project, "--configuration", Repository.Configuration, "--nologo"], cancellationToken);

    /// <summary>The arguments that run a project as it was built.</summary>
    internal static string[] Run(string project) => ["run", "--no-build", "--no-launch-profile", "--configuration", Repository.Configuration, "--project", project];
}
