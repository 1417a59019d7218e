using System.Buffers.Binary;
using System.Globalization;

namespace Sqs.Storage;

/// <summary>
/// The files of a data folder. <c>N.log</c> holds changes; <c>N.snapshot</c> holds the state after log N, and replaces it and
/// all before it. One log that was replaced stays as <c>log.spare</c>, and the next log is written over it.
/// </summary>
internal static class DataFiles
{
    private const string LogExtension = ".log";
    private const string SnapshotExtension = ".snapshot";

    /// <summary>What every file begins with: format and version, and the file's number (64 bits, little-endian).</summary>
    public const int HeaderBytes = 16;

    /// <summary>A larger log is deleted when it has been replaced: the disk has better uses.</summary>
    private const long MaximumSpareBytes = 256 * 1024 * 1024;

    private static ReadOnlySpan<byte> Magic => "SQSLOG\0\x02"u8;

    public static string Log(string folder, long number) => Path.Combine(folder, $"{number:D12}{LogExtension}");

    public static string Snapshot(string folder, long number) => Path.Combine(folder, $"{number:D12}{SnapshotExtension}");

    public static string Spare(string folder) => Path.Combine(folder, "log.spare");

    public static string Temporary(string folder) => Path.Combine(folder, "snapshot.tmp");

    /// <summary>The numbers of the logs that are there, ascending.</summary>
    public static List<long> Logs(string folder) => Numbers(folder, LogExtension);

    /// <summary>The numbers of the snapshots that are there, ascending.</summary>
    public static List<long> Snapshots(string folder) => Numbers(folder, SnapshotExtension);

    public static byte[] Header(long number)
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(Magic.Length), number);
        return header;
    }

    /// <summary>
    /// Opens a file behind its header; null where a crash came before the header was written: to a new file, or to one that was an
    /// older log.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is of another format or version, or damaged.</exception>
    public static FileStream? Open(string path, long number)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 128 * 1024);
        Span<byte> header = stackalloc byte[HeaderBytes];
        var isWhole = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes;
        var found = BinaryPrimitives.ReadInt64LittleEndian(header[Magic.Length..]);
        if (isWhole && header.StartsWith(Magic) && found == number) return file;
        file.Dispose();
        if (!isWhole) return null;
        if (!header.StartsWith(Magic)) throw Unreadable(path, "is not a log of this version");
        return found < number ? null : throw Damaged(path, 0);
    }

    public static InvalidDataException Damaged(string path, long position) => Unreadable(path, $"is damaged at byte {position}");

    public static InvalidDataException Unreadable(string path, string problem)
        => new($"{path} {problem}. Move the folder away to start with none of its messages.");

    /// <summary>Retires what a snapshot has replaced: the logs up to its own, and the snapshots before it.</summary>
    public static void RetireReplaced(string folder, long snapshot)
    {
        foreach (var log in Logs(folder).Where(log => log <= snapshot)) Retire(folder, new FileInfo(Log(folder, log)));
        foreach (var older in Snapshots(folder).Where(number => number < snapshot)) File.Delete(Snapshot(folder, older));
    }

    private static void Retire(string folder, FileInfo log)
    {
        var spare = Spare(folder);
        if (log.Length > MaximumSpareBytes || File.Exists(spare)) log.Delete();
        else log.MoveTo(spare);
    }

    private static List<long> Numbers(string folder, string extension)
        => [.. Directory.EnumerateFiles(folder, "*" + extension)
            .Select(file => long.TryParse(Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture, out var number) ? number : -1)
            .Where(number => number >= 0).Order()];
}
