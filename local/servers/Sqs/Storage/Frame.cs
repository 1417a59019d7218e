using System.Buffers.Binary;

namespace Sqs.Storage;

/// <summary>
/// A frame on disk: the length of its records and their CRC-32C (32 bits each, little-endian), then the records. The sum is bound to
/// the file's number: what an older log has left in a file is no frame of the log that is written over it.
/// </summary>
internal static class Frame
{
    public const int HeadBytes = 2 * sizeof(uint);

    /// <summary>Fills in the head of a buffer whose records begin behind it.</summary>
    public static void Seal(Span<byte> frame, long fileNumber)
    {
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - HeadBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[sizeof(uint)..], Crc32C.Of(frame[HeadBytes..], (uint)fileNumber));
    }

    /// <summary>Reads a file's frames until its end or the first that is not whole.</summary>
    /// <returns>The length of the whole frames, in bytes.</returns>
    public static long ReadAll(FileStream file, long fileNumber, Action<ReadOnlySpan<byte>> frame)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        var buffer = Array.Empty<byte>();
        var position = file.Position;
        while (file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false) == HeadBytes)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(head);
            if (length <= 0 || length > file.Length - file.Position) break;
            if (buffer.Length < length) buffer = new byte[length];
            var records = buffer.AsSpan(0, length);
            file.ReadExactly(records);
            if (Crc32C.Of(records, (uint)fileNumber) != BinaryPrimitives.ReadUInt32LittleEndian(head[sizeof(uint)..])) break;
            frame(records);
            position = file.Position;
        }

        return position;
    }
}
