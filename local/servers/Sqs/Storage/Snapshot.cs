using Sqs.Engine;

namespace Sqs.Storage;

/// <summary>The whole state at one moment: its records, made under the engine's lock and written after it has been given back.</summary>
internal sealed class Snapshot(List<Frame> frames, long segment)
{
    private const int FrameBytes = 1024 * 1024;

    /// <summary>Takes the state, and starts a new log for what comes after it. Under the engine's lock.</summary>
    public static Snapshot Capture(EngineState state, Journal journal)
    {
        var frames = new List<Frame> { new() };
        Records.Counters(frames[0], state);
        foreach (var queue in state.Queues)
        {
            Records.QueuePut(frames[0], queue);
            foreach (var (key, sent) in queue.Deduplication.Entries) Records.Deduplication(frames[0], queue, key, sent);
        }

        foreach (var task in state.MoveTasks) Records.MoveTask(frames[0], task);
        foreach (var queue in state.Queues)
        {
            foreach (var message in queue.Messages.All())
            {
                if (frames[^1].Length > FrameBytes) frames.Add(new Frame());
                Records.Message(frames[^1], queue, message);
            }
        }

        frames[^1].Fields.Byte((byte)RecordKind.End);
        return new Snapshot(frames, journal.StartSegment());
    }

    /// <summary>Writes the snapshot, and deletes the logs that it replaces once it is durable.</summary>
    /// <returns>Its size in bytes.</returns>
    public long Write(string folder)
    {
        var temporary = DataFiles.Temporary(folder);
        long size;
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(DataFiles.Header(segment));
            foreach (var frame in frames) file.Write(frame.Seal(segment));
            file.Flush(flushToDisk: true);
            size = file.Length;
        }

        File.Move(temporary, DataFiles.Snapshot(folder, segment));
        DiskSync.Folder(folder);
        DataFiles.RetireReplaced(folder, segment);
        return size;
    }
}
