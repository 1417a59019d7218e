using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sqs.Storage;

/// <summary>Appends frames to the log files, one file per segment. Used by the journal's thread alone.</summary>
internal sealed class LogWriter(string folder) : IDisposable
{
    private SafeFileHandle? _file;
    private long _segment = -1;
    private long _position;

    public long BytesWritten { get; private set; }

    public void Write(long segment, ReadOnlySpan<byte> frame)
    {
        if (segment != _segment) Begin(segment);
        RandomAccess.Write(_file!, frame, _position);
        _position += frame.Length;
        BytesWritten += frame.Length;
    }

    public void Sync() => DiskSync.Data(_file!);

    /// <summary>Ends the log: cuts off what is left of the log that it was written over, so that damage can be told from room.</summary>
    public void End()
    {
        if (_file is null) return;
        RandomAccess.SetLength(_file, _position);
        Sync();
        _file.Dispose();
        _file = null;
    }

    public void Dispose() => _file?.Dispose();

    private void Begin(long segment)
    {
        End();
        var path = DataFiles.Log(folder, segment);
        var spare = DataFiles.Spare(folder);
        var overSpare = File.Exists(spare);
        // A sync within blocks that were written before changes nothing in the file system but the data: it takes half as long.
        if (overSpare) File.Move(spare, path);
        _file = File.OpenHandle(path, overSpare ? FileMode.Open : FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        RandomAccess.Write(_file, DataFiles.Header(segment), 0);
        DiskSync.Folder(folder);
        _segment = segment;
        _position = DataFiles.HeaderBytes;
    }
}

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
