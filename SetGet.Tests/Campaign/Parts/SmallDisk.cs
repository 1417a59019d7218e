using System.Diagnostics;

namespace SetGet.Tests.Campaign.Parts;

/// <summary>A folder on a file system of its own that can be filled to the last byte: a tmpfs, for which the campaign must be root. Else a plain folder.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int Megabytes = 512;

    private SmallDisk(string folder, bool isSmall)
    {
        Folder = folder;
        IsSmall = isSmall;
    }

    internal string Folder { get; }

    /// <summary>Whether it can be filled.</summary>
    internal bool IsSmall { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    internal static async Task<SmallDisk> CreateAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        return new SmallDisk(folder, await RunAsync(["mount", "-t", "tmpfs", "-o", $"size={Megabytes}m", "setget", folder], cancellationToken));
    }

    /// <summary>Leaves no byte free.</summary>
    internal async Task FillAsync(CancellationToken cancellationToken)
    {
        var block = new byte[64 * 1024];
        await using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        // In blocks, and what is left in bytes: the last page too.
        for (var size = block.Length; size >= 1; size /= 16)
        {
            try
            {
                while (true) await file.WriteAsync(block.AsMemory(0, size), cancellationToken);
            }
            catch (IOException)
            {
                // Full, for pieces of this size.
            }
        }
    }

    internal void Free() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        // Lazily: the server that had it open may still be ending.
        if (IsSmall) await RunAsync(["umount", "--lazy", Folder], CancellationToken.None);
    }

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
