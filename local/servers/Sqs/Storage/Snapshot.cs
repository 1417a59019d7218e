using Sqs.Engine;

namespace Sqs.Storage;

/// <summary>The whole state at one moment, taken under the engine's lock and written after it has been given back.</summary>
internal sealed class Snapshot(Frame head, List<MessageImage> messages, long segment)
{
    private const int FrameBytes = 1024 * 1024;

    /// <summary>Takes the state, and starts a new log for what comes after it. Under the engine's lock.</summary>
    public static Snapshot Capture(EngineState state, Journal journal)
    {
        var head = new Frame();
        Records.Counters(head, state);
        foreach (var queue in state.Queues)
        {
            Records.QueuePut(head, queue);
            foreach (var (key, sent) in queue.Deduplication.Entries) Records.Deduplication(head, queue, key, sent);
        }

        foreach (var task in state.MoveTasks) Records.MoveTask(head, task);
        // Its size is known: no copies of it while everybody waits.
        var images = new List<MessageImage>(state.Queues.Sum(queue => queue.Messages.Count));
        foreach (var queue in state.Queues) images.AddRange(queue.Messages.All().Select(message => MessageImage.Of(queue, message)));
        return new Snapshot(head, images, journal.StartSegment());
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
            file.Write(head.Seal(segment));
            WriteMessages(file);
            file.Flush(flushToDisk: true);
            size = file.Length;
        }

        File.Move(temporary, DataFiles.Snapshot(folder, segment));
        DiskSync.Folder(folder);
        DataFiles.RetireReplaced(folder, segment);
        return size;
    }

    private void WriteMessages(FileStream file)
    {
        using var frame = new Frame();
        foreach (var image in messages)
        {
            Records.Message(frame, image);
            if (frame.Length <= FrameBytes) continue;
            file.Write(frame.Seal(segment));
            frame.Clear();
        }

        frame.Write((byte)RecordKind.End);
        file.Write(frame.Seal(segment));
    }
}
