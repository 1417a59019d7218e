using System.Buffers.Binary;
using System.Text;

namespace Sqs.Storage;

/// <summary>Reads what <see cref="RecordWriter"/> wrote. The bytes are trusted: their checksum has been compared.</summary>
internal ref struct RecordReader
{
    private ReadOnlySpan<byte> _rest;

    public RecordReader(ReadOnlySpan<byte> records) => _rest = records;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte()
    {
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public long Number()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return (long)value;
        }
    }

    public int Int() => checked((int)Number());

    public ReadOnlySpan<byte> Blob()
    {
        var length = Int();
        var value = _rest[..length];
        _rest = _rest[length..];
        return value;
    }

    public string Text() => Encoding.UTF8.GetString(Blob());

    public string? OptionalText() => Byte() == 0 ? null : Text();

    public Guid Id()
    {
        var value = new Guid(_rest[..16]);
        _rest = _rest[16..];
        return value;
    }

    public UInt128 Sum()
    {
        var value = BinaryPrimitives.ReadUInt128LittleEndian(_rest);
        _rest = _rest[16..];
        return value;
    }

    public Dictionary<string, string> Pairs()
    {
        var pairs = new Dictionary<string, string>();
        for (var count = Int(); count > 0; count--)
        {
            var key = Text();
            pairs[key] = Text();
        }

        return pairs;
    }
}
