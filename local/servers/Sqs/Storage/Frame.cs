using System.Buffers.Binary;
using System.Numerics;

namespace Sqs.Storage;

/// <summary>
/// A frame on disk: the length of its records and their CRC-32C (32 bits each, little-endian), then the records. The sum is bound to
/// the file's number: what an older log has left in a file is no frame of the log that is written over it.
/// </summary>
internal sealed class Frame
{
    private const int HeadBytes = 2 * sizeof(uint);
    private const int InitialBytes = 4096;
    private readonly MemoryStream _bytes;

    public Frame() : this(new MemoryStream(InitialBytes))
    {
    }

    private Frame(MemoryStream bytes)
    {
        _bytes = bytes;
        Fields = new Fields(null, new BinaryWriter(bytes));
        Clear();
    }

    /// <summary>Where records are written.</summary>
    public Fields Fields { get; }

    public int Length => (int)_bytes.Length;

    /// <summary>Fills in the head.</summary>
    /// <returns>The whole frame.</returns>
    public ReadOnlySpan<byte> Seal(long fileNumber)
    {
        var frame = _bytes.GetBuffer().AsSpan(0, Length);
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - HeadBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[sizeof(uint)..], Sum(frame[HeadBytes..], fileNumber));
        return frame;
    }

    /// <summary>Empties the frame for the next records.</summary>
    public void Clear()
    {
        _bytes.SetLength(HeadBytes);
        _bytes.Position = HeadBytes;
    }

    /// <summary>Reads a file's frames until its end or the first that is not whole.</summary>
    /// <returns>The length of the whole frames, in bytes.</returns>
    public static long ReadAll(FileStream file, long fileNumber, Action<Fields> read)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        var buffer = Array.Empty<byte>();
        var position = file.Position;
        while (file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false) == HeadBytes)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(head);
            if (length <= 0 || length > file.Length - file.Position) break;
            if (buffer.Length < length) buffer = new byte[length];
            file.ReadExactly(buffer, 0, length);
            if (Sum(buffer.AsSpan(0, length), fileNumber) != BinaryPrimitives.ReadUInt32LittleEndian(head[sizeof(uint)..])) break;
            using var records = new BinaryReader(new MemoryStream(buffer, 0, length));
            read(new Fields(records, null));
            position = file.Position;
        }

        return position;
    }

    /// <summary>CRC-32C, by the processor's own instruction where it has one; with another file's number it is always another one.</summary>
    private static uint Sum(ReadOnlySpan<byte> bytes, long fileNumber)
    {
        var sum = ~(uint)fileNumber;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes) sum = BitOperations.Crc32C(sum, value);
        return ~sum;
    }
}
