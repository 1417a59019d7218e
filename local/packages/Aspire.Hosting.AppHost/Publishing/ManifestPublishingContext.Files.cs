namespace Aspire.Hosting.Publishing;

public sealed partial class ManifestPublishingContext
{
    /// <summary>Copies a file into the manifest's folder, so that the folder is complete; where it is there already it stays.</summary>
    /// <returns>The copy's path.</returns>
    /// <exception cref="DistributedApplicationException">There is no such file.</exception>
    internal string CopyBeside(string path)
    {
        if (!File.Exists(path))
            throw new DistributedApplicationException($"{path} does not exist: it is to be published with the manifest.");
        var copy = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(ManifestPath))!, Path.GetFileName(path));
        if (Path.GetFullPath(path) != copy)
            File.Copy(path, copy, overwrite: true);
        return copy;
    }
}
