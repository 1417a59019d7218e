using System.Reflection;
using Aspire.Hosting.Building;

namespace Aspire.Hosting.Testing;

/// <summary>What is different under test: free ports, and the first launch profile of the app host as configuration.</summary>
internal static class TestDefaults
{
    public static IEnumerable<KeyValuePair<string, string?>> Configuration(Assembly appHost)
    {
        yield return new("DcpPublisher:RandomizePorts", "true");
        yield return new("DcpPublisher:DeleteResourcesOnShutdown", "true");
        var directory = AppHostMetadata.ProjectDirectory(appHost);
        var profiles = directory is null ? null : LaunchSettings.Read(directory)?.Profiles;
        if (profiles is not { Count: > 0 })
            yield break;
        var (name, profile) = profiles.First();
        yield return new("AppHost:DefaultLaunchProfileName", name);
        if (profile.ApplicationUrl is { } url)
            yield return new("ASPNETCORE_URLS", url);
        foreach (var (variable, value) in profile.EnvironmentVariables)
            yield return new(variable.Replace("__", ":", StringComparison.Ordinal), value);
    }
}
