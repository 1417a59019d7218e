using System.Diagnostics;
using System.Globalization;

namespace SetGet.AppHost;

/// <summary>The process that listens on a port.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, as the system has it.</param>
internal sealed record PortHolder(int Id, string Name)
{
    private const string AppHost = "SetGet.AppHost";
    private const string Orchestrator = "dcp";
    private const string Listening = "0A";

    /// <summary>Whether it is an app host or its orchestrator: this solution's, most likely.</summary>
    public bool IsOurs => Name is AppHost or Orchestrator;

    /// <summary>Who listens there; null where the system does not tell without a tool, or not to this user.</summary>
    public static PortHolder? Of(int port)
    {
        if (!OperatingSystem.IsLinux()) return null;
        try
        {
            var sockets = Sockets(port).Select(inode => $"socket:[{inode}]").ToHashSet();
            return sockets.Count > 0 && Processes().FirstOrDefault(id => Has(id, sockets)) is var id and > 0
                ? new PortHolder(id, File.ReadAllText($"/proc/{id}/comm").Trim())
                : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The command that tells, where <see cref="Of"/> cannot.</summary>
    public static string HowToFind(int port)
        => OperatingSystem.IsWindows()
            ? $"Get-Process -Id (Get-NetTCPConnection -State Listen -LocalPort {port}).OwningProcess"
            : $"lsof -nP -iTCP:{port} -sTCP:LISTEN";

    /// <summary>An app host that runs beside this one, or null.</summary>
    public static int? OtherAppHost()
    {
        var processes = Process.GetProcessesByName(AppHost);
        try
        {
            return processes.FirstOrDefault(each => each.Id != Environment.ProcessId)?.Id;
        }
        finally
        {
            foreach (var process in processes) process.Dispose();
        }
    }

    /// <summary>The inodes of the sockets that listen on a port. A line: number, local address:port, remote one, state, …, and the inode as the tenth.</summary>
    private static IEnumerable<string> Sockets(int port)
        => from file in new[] { "/proc/net/tcp", "/proc/net/tcp6" }
           where File.Exists(file)
           from line in File.ReadLines(file).Skip(1)
           let parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
           where parts.Length > 9 && parts[3] == Listening && parts[1].EndsWith(":" + port.ToString("X4", CultureInfo.InvariantCulture), StringComparison.Ordinal)
           select parts[9];

    private static IEnumerable<int> Processes()
        => from folder in Directory.EnumerateDirectories("/proc")
           let id = int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var number) ? number : 0
           where id > 0
           select id;

    private static bool Has(int process, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"/proc/{process}/fd")
                .Any(file => File.ResolveLinkTarget(file, returnFinalTarget: false)?.Name is { } target && sockets.Contains(target));
        }
        catch (Exception notOurs) when (notOurs is IOException or UnauthorizedAccessException)
        {
            // Another user's, or it has just ended.
            return false;
        }
    }
}
