using System.Diagnostics;
using Aspire.Hosting.Engine.Processes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Engine;

/// <summary>
/// <c>dotnet run</c> starts the app host as a child, and does not take it along when it is killed. Whoever killed it meant the
/// application: the app host then stops too.
/// </summary>
internal sealed partial class LauncherWatch : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly IHostApplicationLifetime _lifetime;
    private readonly TimeProvider _time;
    private readonly ILogger<LauncherWatch> _logger;

    public LauncherWatch(IHostApplicationLifetime lifetime, TimeProvider time, ILogger<LauncherWatch> logger)
    {
        _lifetime = lifetime;
        _time = time;
        _logger = logger;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (OperatingSystem.IsWindows() || !IsDotnet(LibC.ParentId()))
            return;
        var launcher = LibC.ParentId();
        using var timer = new PeriodicTimer(Interval, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            if (LibC.ParentId() != launcher)
            {
                Log.LauncherGone(_logger, launcher);
                _lifetime.StopApplication();
                return;
            }
    }

    private static bool IsDotnet(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.ProcessName == "dotnet";
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The process {Launcher} that launched this app host has gone: stopping.")]
        public static partial void LauncherGone(ILogger logger, int launcher);
    }
}
