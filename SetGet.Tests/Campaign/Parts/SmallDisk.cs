using System.Diagnostics;
using System.Globalization;

namespace SetGet.Tests.Campaign.Parts;

/// <summary>A folder on a file system of its own that can be filled to the last page: a tmpfs, for which the campaign must be root. Else a plain folder.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    // More than a campaign writes; only what is written takes memory.
    private const string Size = "size=16g";

    private SmallDisk(string folder, bool isSmall)
    {
        Folder = folder;
        IsSmall = isSmall;
    }

    internal string Folder { get; }

    /// <summary>Whether it can be filled.</summary>
    internal bool IsSmall { get; }

    internal static async Task<SmallDisk> CreateAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        return new SmallDisk(folder, await RunAsync(["mount", "-t", "tmpfs", "-o", Size, "setget", folder], cancellationToken));
    }

    /// <summary>Leaves no page free: the disk becomes as small as what is on it.</summary>
    internal async Task FillAsync(CancellationToken cancellationToken)
    {
        // Whoever writes meanwhile makes it larger than was just seen.
        while (!await RemountAsync("size=" + Used().ToString(CultureInfo.InvariantCulture), cancellationToken)) cancellationToken.ThrowIfCancellationRequested();
    }

    internal Task FreeAsync() => RemountAsync(Size, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        // Lazily: the server that had it open may still be ending.
        if (IsSmall) await RunAsync(["umount", "--lazy", Folder], CancellationToken.None);
    }

    private long Used()
    {
        var drive = new DriveInfo(Folder);
        return drive.TotalSize - drive.TotalFreeSpace;
    }

    private Task<bool> RemountAsync(string size, CancellationToken cancellationToken) => RunAsync(["mount", "-o", "remount," + size, Folder], cancellationToken);

    private static async Task<bool> RunAsync(string[] command, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, UseShellExecute = false })!;
            await process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
