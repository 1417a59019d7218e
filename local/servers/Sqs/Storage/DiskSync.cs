using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sqs.Storage;

/// <summary>Makes what was written survive a loss of power, with the system's own calls where .NET has none.</summary>
internal static partial class DiskSync
{
    private const int ReadOnly = 0;

    /// <summary>Syncs a file's data, and of its metadata only what reading them needs.</summary>
    /// <exception cref="IOException">The system cannot write them.</exception>
    public static void Data(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux()) RandomAccess.FlushToDisk(file);
        else if (Fdatasync(file) != 0) throw new IOException($"Cannot sync the journal: error {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>Syncs the creation, renaming and deletion of a folder's files. Windows has no such call: there nothing is done.</summary>
    /// <exception cref="IOException">The folder cannot be opened or synced.</exception>
    public static void Folder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0) throw new IOException($"Cannot open the folder {folder}: error {Marshal.GetLastPInvokeError()}.");
        try
        {
            if (Fsync(descriptor) != 0) throw new IOException($"Cannot sync the folder {folder}: error {Marshal.GetLastPInvokeError()}.");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int Fdatasync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
