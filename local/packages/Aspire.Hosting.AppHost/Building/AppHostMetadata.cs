using System.Reflection;

namespace Aspire.Hosting.Building;

/// <summary>What the build of an app host wrote into its assembly.</summary>
internal static class AppHostMetadata
{
    public static string? ProjectDirectory(Assembly? assembly)
        => assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(a => string.Equals(a.Key, "apphostprojectpath", StringComparison.OrdinalIgnoreCase))?.Value;
}
