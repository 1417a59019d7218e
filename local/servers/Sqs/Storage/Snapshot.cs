using Sqs.Engine;

namespace Sqs.Storage;

/// <summary>The whole state at one moment, taken under the engine's lock and written after it has been given back.</summary>
internal sealed class Snapshot
{
    private const int FrameBytes = 1024 * 1024;
    private readonly Frame _head;
    private readonly MessageImage[] _messages;
    private readonly long _segment;

    private Snapshot(Frame head, MessageImage[] messages, long segment)
    {
        _head = head;
        _messages = messages;
        _segment = segment;
    }

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
        MessageImage[] images = [.. state.Queues.SelectMany(queue => queue.Messages.All().Select(message => MessageImage.Of(queue, message)))];
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
            file.Write(DataFiles.Header(_segment));
            file.Write(_head.Seal(_segment));
            WriteMessages(file);
            file.Flush(flushToDisk: true);
            size = file.Length;
        }

        File.Move(temporary, DataFiles.Snapshot(folder, _segment));
        DiskSync.Folder(folder);
        DataFiles.RetireReplaced(folder, _segment);
        return size;
    }

    private void WriteMessages(FileStream file)
    {
        using var frame = new Frame();
        foreach (ref readonly var image in _messages.AsSpan())
        {
            Records.Message(frame, image);
            if (frame.Length <= FrameBytes) continue;
            file.Write(frame.Seal(_segment));
            frame.Clear();
        }

        frame.Write((byte)RecordKind.End);
        file.Write(frame.Seal(_segment));
    }
}
