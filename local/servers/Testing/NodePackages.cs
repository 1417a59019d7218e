using System.Diagnostics;
using System.Security.Cryptography;

namespace Testing;

/// <summary>npm packages that tests compare with: installed once per lock file, outside of the repository.</summary>
internal static class NodePackages
{
    /// <summary>A folder with a copy of <paramref name="source"/> and its <c>node_modules</c>.</summary>
    public static async Task<string> InstallAsync(string source, CancellationToken cancellationToken)
    {
        var lockFile = await File.ReadAllBytesAsync(Path.Combine(source, "package-lock.json"), cancellationToken);
        var name = "npm-tests-" + Convert.ToHexStringLower(SHA256.HashData(lockFile))[..16];
        var folder = Path.Combine(Path.GetTempPath(), name);
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(source)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        var done = Path.Combine(folder, "installed");
        if (File.Exists(done)) return folder;
        await RunAsync(folder, "npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], "", cancellationToken);
        await File.WriteAllTextAsync(done, "", cancellationToken);
        return folder;
    }

    /// <summary>Runs a program to its end and gives its standard output; throws with its errors where it fails.</summary>
    public static async Task<string> RunAsync(
        string folder, string program, IEnumerable<string> arguments, string input, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} failed: {await errors}");
    }
}
