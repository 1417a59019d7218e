using Sqs.Engine;

namespace Sqs.Storage;

/// <summary>The whole state at one moment, taken under the engine's lock and written after it has been given back.</summary>
internal sealed class Snapshot
{
    private const int FrameBytes = 1024 * 1024;
    private readonly RecordWriter _head;
    private readonly MessageImage[] _messages;
    private readonly long _segment;

    private Snapshot(RecordWriter head, MessageImage[] messages, long segment)
    {
        _head = head;
        _messages = messages;
        _segment = segment;
    }

    /// <summary>Takes the state, and starts a new log for what comes after it. Under the engine's lock.</summary>
    public static Snapshot Capture(EngineState state, Journal journal)
    {
        var head = new RecordWriter(Frame.HeadBytes);
        Records.Counters(head, state.LastSequence, state.LastQueueId);
        var images = new MessageImage[state.Queues.Sum(queue => queue.Messages.Count)];
        var count = 0;
        foreach (var queue in state.Queues)
        {
            Records.QueuePut(head, queue);
            foreach (var (key, sent) in queue.Deduplication.Entries) Records.Deduplication(head, queue.Id, key, sent);
            foreach (var message in queue.Messages.All()) images[count++] = MessageImage.Of(queue, message);
        }

        foreach (var task in state.MoveTasks) Records.MoveTask(head, task);
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
            WriteFrame(file, _head);
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
        var writer = new RecordWriter(Frame.HeadBytes);
        foreach (ref readonly var image in _messages.AsSpan())
        {
            Records.Message(writer, image);
            if (writer.Length > FrameBytes) WriteFrame(file, writer);
        }

        writer.Byte((byte)RecordKind.End);
        WriteFrame(file, writer);
    }

    private void WriteFrame(FileStream file, RecordWriter writer)
    {
        Frame.Seal(writer.Written.Span, _segment);
        file.Write(writer.Written.Span);
        writer.Reset(4 * FrameBytes);
    }
}
