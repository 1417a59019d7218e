using System.Buffers.Binary;
using System.Numerics;

namespace Sqs.Storage;

/// <summary>
/// A frame on disk: the length of its records and their CRC-32C (32 bits each, little-endian), then the records. The sum is bound to
/// the file's number: what an older log has left in a file is no frame of the log that is written over it.
/// </summary>
internal sealed class Frame : BinaryWriter
{
    private const int HeadBytes = 2 * sizeof(uint);
    private const int InitialBytes = 4096;
    private readonly MemoryStream _bytes;

    public Frame() : this(new MemoryStream(InitialBytes))
    {
    }

    private Frame(MemoryStream bytes) : base(bytes)
    {
        _bytes = bytes;
        Clear();
    }

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

    /// <summary>Straight into the memory: a class of its own is not trusted with a span by the base class, which would copy it first.</summary>
    public override void Write(ReadOnlySpan<byte> buffer) => _bytes.Write(buffer);

    public void Number(long value) => Write7BitEncodedInt64(value);

    /// <summary>A text that may be missing, after a byte that says whether it is there.</summary>
    public void OptionalText(string? value)
    {
        Write(value is not null);
        if (value is not null) Write(value);
    }

    public void Blob(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        Write(value);
    }

    public void Id(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes);
        Write(bytes);
    }

    public void Sum(UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, value);
        Write(bytes);
    }

    public void Pairs(IReadOnlyCollection<KeyValuePair<string, string>> pairs)
    {
        Number(pairs.Count);
        foreach (var (key, value) in pairs)
        {
            Write(key);
            Write(value);
        }
    }

    /// <summary>Reads a file's frames until its end or the first that is not whole.</summary>
    /// <returns>The length of the whole frames, in bytes.</returns>
    public static long ReadAll(FileStream file, long fileNumber, Action<RecordReader> read)
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
            using var records = new RecordReader(buffer, length);
            read(records);
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

/// <summary>Reads what was written to a <see cref="Frame"/>. The bytes are trusted: their checksum has been compared.</summary>
internal sealed class RecordReader(byte[] records, int length) : BinaryReader(new MemoryStream(records, 0, length))
{
    public bool IsAtEnd => BaseStream.Position == BaseStream.Length;

    public long Number() => Read7BitEncodedInt64();

    public int Int() => checked((int)Number());

    public byte[] Blob() => ReadBytes(Int());

    public string? OptionalText() => ReadBoolean() ? ReadString() : null;

    public Guid Id() => new(ReadBytes(16));

    public UInt128 Sum() => BinaryPrimitives.ReadUInt128LittleEndian(ReadBytes(16));

    public Dictionary<string, string> Pairs()
    {
        var pairs = new Dictionary<string, string>();
        for (var count = Int(); count > 0; count--)
        {
            var key = ReadString();
            pairs[key] = ReadString();
        }

        return pairs;
    }
}
