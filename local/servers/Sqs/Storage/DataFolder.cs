using Sqs.Engine;

namespace Sqs.Storage;

/// <summary>Opens a data folder: reads what is there, and begins a new log.</summary>
internal sealed partial class DataFolder(string path, FileStream folderLock, EngineState state, Journal journal, long logBytes) : IDisposable
{
    public string Path { get; } = path;

    public EngineState State { get; } = state;

    public Journal Journal { get; } = journal;

    /// <summary>The size of the logs that were read: what a snapshot would replace.</summary>
    public long LogBytes { get; } = logBytes;

    /// <exception cref="IOException">The folder is used by another process, or cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">The data are damaged, not only cut off where a crash came.</exception>
    public static DataFolder Open(string path, SqsAccount account, ILogger logger)
    {
        Directory.CreateDirectory(path);
        var folderLock = Lock(path);
        try
        {
            File.Delete(DataFiles.Temporary(path));
            var (replay, snapshot) = ReadSnapshot(path, account);
            DataFiles.RetireReplaced(path, snapshot);
            var logs = DataFiles.Logs(path);
            long bytes = 0;
            foreach (var log in logs) bytes += ReadLog(path, log, replay, isLast: log == logs[^1], logger);
            var next = Math.Max(snapshot, logs.Count > 0 ? logs[^1] : 0) + 1;
            return new DataFolder(path, folderLock, replay.State, new Journal(path, next), bytes);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    public void Dispose() => folderLock.Dispose();

    private static FileStream Lock(string path)
    {
        var file = System.IO.Path.Combine(path, "lock");
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new IOException($"The data folder {path} is in use by another process, or cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>Reads the newest snapshot. It was renamed only when it was whole, so one that is not is damage.</summary>
    private static (Replay Replay, long Number) ReadSnapshot(string path, SqsAccount account)
    {
        var replay = new Replay(account);
        if (DataFiles.Snapshots(path) is not [.., var newest]) return (replay, 0);
        using var file = DataFiles.Open(DataFiles.Snapshot(path, newest), newest);
        if (file is not null) Frame.ReadAll(file, newest, replay.Apply);
        return replay.HasEnded ? (replay, newest)
            : throw DataFiles.Unreadable(DataFiles.Snapshot(path, newest), "is damaged");
    }

    private static long ReadLog(string folder, long number, Replay replay, bool isLast, ILogger logger)
    {
        var path = DataFiles.Log(folder, number);
        using var file = DataFiles.Open(path, number);
        if (file is null)
        {
            if (!isLast) throw DataFiles.Damaged(path, 0);
            // Nothing was written to it yet. Once there is a log after it, this could not be told from damage.
            File.Delete(path);
            return 0;
        }

        var whole = Frame.ReadAll(file, number, replay.Apply);
        if (whole == file.Length) return whole;
        if (!isLast) throw DataFiles.Damaged(path, whole);
        // What a crash cut off was never answered; the rest is of the log that this one was written over.
        Log.CutOff(logger, path, whole);
        file.SetLength(whole);
        file.Flush(flushToDisk: true);
        return whole;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information,
            Message = "{Path}: the server was killed; what it had answered ends at byte {Whole}, and what is behind is dropped.")]
        public static partial void CutOff(ILogger logger, string path, long whole);
    }
}
