namespace Aspire.Hosting.Engine.Processes;

/// <summary>Finds programs.</summary>
internal static class CommandPath
{
    /// <summary>The full path of a program, or null where there is none.</summary>
    public static string? Find(string command, string? workingDirectory = null)
    {
        if (command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) || command.Contains('/', StringComparison.Ordinal))
        {
            var full = Path.GetFullPath(command, workingDirectory ?? Directory.GetCurrentDirectory());
            return Candidates(full).FirstOrDefault(IsExecutable);
        }

        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Candidates(Path.Combine(folder, command)))
            .FirstOrDefault(IsExecutable);
    }

    /// <summary>The <c>dotnet</c> that this process runs on.</summary>
    public static string Dotnet()
    {
        var file = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } given && File.Exists(given))
            return given;
        if (Path.GetFileName(Environment.ProcessPath) == file)
            return Environment.ProcessPath!;
        // The runtime is in ROOT/shared/Microsoft.NETCore.App/VERSION/.
        var root = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var besideRuntime = Path.Combine(root, file);
        return File.Exists(besideRuntime) ? besideRuntime : "dotnet";
    }

    private static IEnumerable<string> Candidates(string path)
        => OperatingSystem.IsWindows() && Path.GetExtension(path).Length == 0
            ? [$"{path}.exe", $"{path}.cmd", $"{path}.bat"]
            : [path];

    private static bool IsExecutable(string path)
        => File.Exists(path)
            && (OperatingSystem.IsWindows()
                || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != UnixFileMode.None);
}
