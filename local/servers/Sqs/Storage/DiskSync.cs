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
        else if (Fdatasync(file) != 0) throw Error("sync the journal");
    }

    /// <summary>Syncs the creation, renaming and deletion of a folder's files. Windows has no such call: there nothing is done.</summary>
    /// <exception cref="IOException">The folder cannot be opened or synced.</exception>
    public static void Folder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        using var handle = Open(folder, ReadOnly);
        if (handle.IsInvalid || Fsync(handle) != 0) throw Error($"sync the folder {folder}");
    }

    private static IOException Error(string what) => new($"Cannot {what}: error {Marshal.GetLastPInvokeError()}.");

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int Fdatasync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);
}
