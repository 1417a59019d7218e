using System.Runtime.InteropServices;
using SetGet.Benchmarks.Processes;

namespace SetGet.Benchmarks.Peers;

/// <summary>Peers from npm, installed once into <c>Peers/node_modules</c> from the lock file, without install scripts.</summary>
internal static class NodePeer
{
    private static readonly string Folder = Path.Combine(Repository.Root, "SetGet.Benchmarks", "Peers");

    /// <summary>Answers the path of a file of an installed package.</summary>
    internal static async Task<string> InstalledAsync(string file, CancellationToken cancellationToken)
    {
        await InstallAsync(cancellationToken);
        return Path.Combine(Folder, "node_modules", file);
    }

    /// <summary>Answers the path of a script of this folder, whose packages are installed.</summary>
    internal static async Task<string> ScriptAsync(string file, CancellationToken cancellationToken)
    {
        await InstallAsync(cancellationToken);
        return Path.Combine(Folder, file);
    }

    /// <summary>The Node that comes as a package, for peers that want a newer one than the machine has; else the machine's.</summary>
    internal static string Node()
    {
        var packaged = Path.Combine(
            Folder, "node_modules", $"node-linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}", "bin", "node");
        return File.Exists(packaged) ? packaged : Tools.Require("node");
    }

    // npm notes what it installed: a newer lock file is installed anew.
    private static async Task InstallAsync(CancellationToken cancellationToken)
    {
        var (wanted, installed) = (Path.Combine(Folder, "package-lock.json"), Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(wanted)) return;
        await Tools.RunAsync(Tools.Require("npm"), ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], cancellationToken, Folder);
    }
}
