using System.Text.Json;

namespace Aspire.Hosting.Publishing;

/// <summary>What a resource writes itself into the manifest with.</summary>
public sealed partial class ManifestPublishingContext
{
    public ManifestPublishingContext(
        DistributedApplicationExecutionContext executionContext,
        string manifestPath,
        Utf8JsonWriter writer,
        CancellationToken cancellationToken = default)
    {
        ExecutionContext = executionContext;
        ManifestPath = manifestPath;
        Writer = writer;
        CancellationToken = cancellationToken;
    }

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public string ManifestPath { get; }

    public Utf8JsonWriter Writer { get; }

    public CancellationToken CancellationToken { get; }

    /// <summary>A path as seen from the manifest's folder, with forward slashes.</summary>
    public string? GetManifestRelativePath(string? path)
    {
        if (path is null)
            return null;
        var folder = Path.GetDirectoryName(Path.GetFullPath(ManifestPath)) ?? Directory.GetCurrentDirectory();
        return Path.GetRelativePath(folder, Path.GetFullPath(path)).Replace('\\', '/');
    }
}
