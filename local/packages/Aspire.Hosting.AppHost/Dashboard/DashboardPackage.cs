using System.Collections;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Aspire.Hosting.Engine.Processes;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// Aspire's own dashboard, from the npm package of its command line tool. It is fetched once for each user, with <c>npm ci</c>
/// from a lock file with integrity hashes, and without any install script.
/// </summary>
internal static partial class DashboardPackage
{
    private const string Scope = "@microsoft";

    private static readonly string[] Files = ["package.json", "package-lock.json"];

    /// <summary>How often whoever waits for the dashboard is told that it is still being fetched.</summary>
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(5);

    /// <summary>The path of the program that serves the dashboard.</summary>
    /// <param name="console">Of the dashboard: what npm says, line by line.</param>
    /// <param name="host">Of the app host: what its user should know while there is no dashboard yet.</param>
    /// <exception cref="DistributedApplicationException">It is not there and cannot be fetched; the message says why.</exception>
    public static async Task<string> FindAsync(ILogger console, ILogger host, CancellationToken cancellationToken)
    {
        var folder = InstallFolder();
        Directory.CreateDirectory(folder);
        // Several app hosts may start at once, in several processes.
        await using var turn = await TakeTurnAsync(Path.Combine(folder, ".lock"), cancellationToken);
        if (Program(folder) is { } there)
            return there;

        var npm = CommandPath.Find("npm") ?? throw Missing("npm is not on the PATH (Node.js brings it)");
        foreach (var file in Files)
            File.Copy(Path.Combine(SourceFolder(), file), Path.Combine(folder, file), overwrite: true);
        Log.Fetching(host, folder);
        var began = TimeProvider.System.GetTimestamp();
        await TellAsync(RunAsync(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=http"], folder, console, cancellationToken), began, host);
        var tool = Tool(folder) ?? throw Missing($"dashboard/package-lock.json has no package of it for {RuntimeInformation.RuntimeIdentifier}");
        Log.Unpacking(host);
        await TellAsync(RunAsync(tool, ["setup", "--nologo", "--non-interactive"], folder, console, cancellationToken), began, host);
        return Program(folder) ?? throw Missing($"{tool} did not unpack it");
    }

    private static DistributedApplicationException Missing(string reason)
        => new($"there is no dashboard in this run, and all else runs: {reason}.");

    private static string SourceFolder() => Path.Combine(AppContext.BaseDirectory, "dashboard");

    /// <summary>One folder for each version: named after the lock file's content.</summary>
    private static string InstallFolder()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(SourceFolder(), Files[1]))))[..12];
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(data, "aspire-dashboard", hash);
    }

    private static string? Tool(string folder) => PackageFolders(folder)
        .Select(p => CommandPath.Find(Path.Combine(p, "bin", "aspire")))
        .FirstOrDefault(p => p is not null);

    private static string? Program(string folder) => PackageFolders(folder)
        .SelectMany(p => Directory.EnumerateFiles(
            p,
            OperatingSystem.IsWindows() ? "aspire-managed.exe" : "aspire-managed",
            new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 4 }))
        .FirstOrDefault();

    private static IEnumerable<string> PackageFolders(string folder)
    {
        var scope = Path.Combine(folder, "node_modules", Scope);
        return Directory.Exists(scope) ? Directory.EnumerateDirectories(scope) : [];
    }

    private static async Task<FileStream> TakeTurnAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
            }
        }
    }

    private static async Task TellAsync(Task fetching, long began, ILogger host)
    {
        using var timer = new PeriodicTimer(TellEvery, TimeProvider.System);
        while (await Task.WhenAny(fetching, timer.WaitForNextTickAsync(CancellationToken.None).AsTask()) != fetching)
            Log.StillFetching(host, (int)TimeProvider.System.GetElapsedTime(began).TotalSeconds);
        await fetching;
    }

    private static async Task RunAsync(string program, string[] arguments, string folder, ILogger logger, CancellationToken cancellationToken)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(v => (string)v.Key, v => (string?)v.Value ?? "", StringComparer.Ordinal);
        environment["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "1";
        var last = "";
        var process = ProcessLauncher.Start(
            new ProcessSpec { Command = program, Arguments = arguments, WorkingDirectory = folder, Environment = environment },
            (line, _) =>
            {
                last = line;
                Log.Progress(logger, line);
            });
        await using var stop = cancellationToken.Register(process.Kill);
        var code = await process.Exited;
        cancellationToken.ThrowIfCancellationRequested();
        if (code != 0)
            throw Missing($"'{Path.GetFileName(program)} {arguments[0]}' ended with {code} ({last.Trim()})");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Fetching Aspire's dashboard once (145 MB) into {Folder}. All else starts meanwhile.")]
        public static partial void Fetching(ILogger logger, string folder);

        [LoggerMessage(4, LogLevel.Information, "The dashboard is on its way: {Seconds} s so far.")]
        public static partial void StillFetching(ILogger logger, int seconds);

        [LoggerMessage(2, LogLevel.Information, "Unpacking the dashboard.")]
        public static partial void Unpacking(ILogger logger);

        [LoggerMessage(3, LogLevel.Information, "{Line}")]
        public static partial void Progress(ILogger logger, string line);
    }
}
