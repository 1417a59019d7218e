using System.Reflection;

namespace SetGet.Benchmarks;

/// <summary>Where the built servers and the results are.</summary>
internal static class Repository
{
    internal static string Root { get; } = Metadata("RepositoryRoot");

    internal static string Configuration { get; } = Metadata("Configuration");

    /// <summary>The assembly of a project, for example <c>local/servers/Aws</c>.</summary>
    internal static string Assembly(string project) => Path.Combine(
        Root, project, "bin", Configuration, "net10.0", Path.GetFileName(project) + ".dll");

    private static string Metadata(string key)
        => typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == key).Value!;
}
