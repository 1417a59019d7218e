using System.Buffers.Binary;
using System.Text;

namespace Sqs.Storage;

/// <summary>A growing buffer of records: bytes, variable-length numbers, and texts and blobs with their length before them.</summary>
internal sealed class RecordWriter
{
    private const int InitialBytes = 4096;
    private const int MaximumVarintBytes = 10;
    private byte[] _buffer;

    /// <param name="reserved">Bytes left free at the start, for a frame's head.</param>
    public RecordWriter(int reserved)
    {
        _buffer = new byte[InitialBytes];
        Length = Reserved = reserved;
    }

    public int Length { get; private set; }

    public int Reserved { get; }

    public Memory<byte> Written => _buffer.AsMemory(0, Length);

    /// <summary>Empties the buffer, and gives its memory back where it has grown beyond so many bytes.</summary>
    public void Reset(int keepBytes)
    {
        if (_buffer.Length > keepBytes) _buffer = new byte[InitialBytes];
        Length = Reserved;
    }

    public void Byte(byte value)
    {
        Ensure(1);
        _buffer[Length++] = value;
    }

    public void Number(long value)
    {
        Ensure(MaximumVarintBytes);
        var rest = (ulong)value;
        for (; rest >= 0x80; rest >>= 7) _buffer[Length++] = (byte)(rest | 0x80);
        _buffer[Length++] = (byte)rest;
    }

    public void Blob(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        Ensure(value.Length);
        value.CopyTo(_buffer.AsSpan(Length));
        Length += value.Length;
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Number(length);
        Ensure(length);
        Length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(Length));
    }

    /// <summary>A text that may be missing, after a byte that says whether it is there.</summary>
    public void OptionalText(string? value)
    {
        Byte(value is null ? (byte)0 : (byte)1);
        if (value is not null) Text(value);
    }

    public void Id(Guid value)
    {
        Ensure(16);
        value.TryWriteBytes(_buffer.AsSpan(Length));
        Length += 16;
    }

    public void Sum(UInt128 value)
    {
        Ensure(16);
        BinaryPrimitives.WriteUInt128LittleEndian(_buffer.AsSpan(Length), value);
        Length += 16;
    }

    public void Pairs(IReadOnlyCollection<KeyValuePair<string, string>> pairs)
    {
        Number(pairs.Count);
        foreach (var (key, value) in pairs)
        {
            Text(key);
            Text(value);
        }
    }

    private void Ensure(int bytes)
    {
        if (_buffer.Length - Length < bytes) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + bytes));
    }
}
