using System.Diagnostics;
using SetGet.Tests.Core;

namespace SetGet.Tests.Campaign.Seeded;

/// <summary>A copy of the product's source that is changed, built, and changed back.</summary>
internal sealed class FaultyCopy : IDisposable
{
    private static readonly string[] Projects = ["SetGet.Core", "SetGet.ServiceDefaults", "SetGet.Api", "SetGet.Worker"];
    private static readonly string[] Files = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "BannedSymbols.txt", "global.json", ".editorconfig"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("setget-seeded-");

    internal FaultyCopy()
    {
        foreach (var file in Files) File.Copy(Path.Combine(StoreServer.Folder, file), Path.Combine(_folder.FullName, file));
        foreach (var project in Projects) Copy(new DirectoryInfo(Path.Combine(StoreServer.Folder, project)), Path.Combine(_folder.FullName, project));
    }

    /// <summary>Where the built API and worker are.</summary>
    internal string Binaries => Path.Combine(_folder.FullName, "out");

    /// <summary>Builds the copy with one fault in it.</summary>
    internal async Task BuildAsync(SeededFault fault, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_folder.FullName, fault.File);
        var source = await File.ReadAllTextAsync(path, cancellationToken);
        if (!source.Contains(fault.Find, StringComparison.Ordinal)) throw new InvalidOperationException($"'{fault.Name}': {fault.File} does not say '{fault.Find}' any more.");
        await File.WriteAllTextAsync(path, source.Replace(fault.Find, fault.Replace, StringComparison.Ordinal), cancellationToken);
        try
        {
            foreach (var project in (string[])["SetGet.Worker", "SetGet.Api"]) await BuildAsync(project, fault.Name, cancellationToken);
        }
        finally
        {
            await File.WriteAllTextAsync(path, source, CancellationToken.None);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task BuildAsync(string project, string fault, CancellationToken cancellationToken)
    {
        string[] arguments = ["build", project, "-o", "out", "-v", "q", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-p:OpenApiGenerateDocumentsOnBuild=false"];
        using var build = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, UseShellExecute = false })!;
        await using var end = cancellationToken.Register(() => build.Kill(entireProcessTree: true));
        var output = await build.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await build.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        if (build.ExitCode != 0) throw new InvalidOperationException($"'{fault}' does not build: {output}");
    }

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles()) file.CopyTo(Path.Combine(to, file.Name));
        foreach (var folder in from.EnumerateDirectories().Where(each => each.Name is not ("bin" or "obj"))) Copy(folder, Path.Combine(to, folder.Name));
    }
}
