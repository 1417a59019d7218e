using System.Globalization;

namespace Aws.Sqs.Storage;

/// <summary>
/// The files of a data folder. <c>N.log</c> holds changes; <c>N.snapshot</c> holds the state after log N, and replaces it and
/// all before it.
/// </summary>
internal static class DataFiles
{
    private const string LogExtension = ".log";
    private const string SnapshotExtension = ".snapshot";

    /// <summary>The first bytes of every file: format and version.</summary>
    public static ReadOnlySpan<byte> Magic => "SQSLOG\0\x01"u8;

    public static string Log(string folder, long number) => Path.Combine(folder, number.ToString("D12", CultureInfo.InvariantCulture) + LogExtension);

    public static string Snapshot(string folder, long number) =>
        Path.Combine(folder, number.ToString("D12", CultureInfo.InvariantCulture) + SnapshotExtension);

    public static string Temporary(string folder) => Path.Combine(folder, "snapshot.tmp");

    /// <summary>The numbers of the logs that are there, ascending.</summary>
    public static List<long> Logs(string folder) => Numbers(folder, LogExtension);

    /// <summary>The numbers of the snapshots that are there, ascending.</summary>
    public static List<long> Snapshots(string folder) => Numbers(folder, SnapshotExtension);

    /// <summary>Opens a file behind its magic; null where it was created and not yet written when a crash came.</summary>
    /// <exception cref="InvalidDataException">The file is of another format or version.</exception>
    public static FileStream? Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 128 * 1024);
        Span<byte> magic = stackalloc byte[Magic.Length];
        if (file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length)
            return magic.SequenceEqual(Magic) ? file : throw new InvalidDataException($"{path} is not a log of this version.");
        file.Dispose();
        return null;
    }

    /// <summary>Deletes what a snapshot has replaced: the logs up to its own, and the snapshots before it.</summary>
    public static void DeleteReplaced(string folder, long snapshot)
    {
        foreach (var log in Logs(folder).Where(log => log <= snapshot)) File.Delete(Log(folder, log));
        foreach (var older in Snapshots(folder).Where(number => number < snapshot)) File.Delete(Snapshot(folder, older));
    }

    private static List<long> Numbers(string folder, string extension) =>
        [.. Directory.EnumerateFiles(folder, "*" + extension)
            .Select(file => long.TryParse(Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture, out var number) ? number : -1)
            .Where(number => number >= 0).Order()];
}
