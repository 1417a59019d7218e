using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Aspire.Hosting.Dashboard;

/// <summary>Writes a protobuf message, field by field. Proto3 leaves out what has its default, unless a field says "optional".</summary>
internal sealed class ProtoWriter
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;

    private readonly ArrayBufferWriter<byte> _buffer = new();

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public ProtoWriter Text(int field, string? value)
        => string.IsNullOrEmpty(value) ? this : OptionalText(field, value);

    public ProtoWriter OptionalText(int field, string? value)
    {
        if (value is null)
            return this;
        WriteTag(field, Bytes);
        WriteVarint((ulong)Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _buffer);
        return this;
    }

    public ProtoWriter Number(int field, long value) => value == 0 ? this : OptionalNumber(field, value);

    public ProtoWriter OptionalNumber(int field, long? value)
    {
        if (value is not { } number)
            return this;
        WriteTag(field, Varint);
        WriteVarint((ulong)number);
        return this;
    }

    public ProtoWriter Flag(int field, bool value) => Number(field, value ? 1 : 0);

    public ProtoWriter Double(int field, double value)
    {
        WriteTag(field, Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(_buffer.GetSpan(sizeof(double)), value);
        _buffer.Advance(sizeof(double));
        return this;
    }

    public ProtoWriter Message(int field, Action<ProtoWriter> write)
    {
        var inner = new ProtoWriter();
        write(inner);
        WriteTag(field, Bytes);
        WriteVarint((ulong)inner._buffer.WrittenCount);
        _buffer.Write(inner._buffer.WrittenSpan);
        return this;
    }

    public ProtoWriter Messages<T>(int field, IEnumerable<T> items, Action<ProtoWriter, T> write)
    {
        foreach (var item in items)
            Message(field, inner => write(inner, item));
        return this;
    }

    /// <summary>A google.protobuf.Timestamp; nothing where it is null.</summary>
    public ProtoWriter Timestamp(int field, DateTime? time)
    {
        if (time is not { } at)
            return this;
        var ticks = at.Ticks - DateTime.UnixEpoch.Ticks;
        return Message(field, t => t
            .Number(1, ticks / TimeSpan.TicksPerSecond)
            .Number(2, ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick));
    }

    private void WriteTag(int field, int wireType) => WriteVarint((ulong)((field << 3) | wireType));

    private void WriteVarint(ulong value)
    {
        while (value >= 0x80)
        {
            WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        WriteByte((byte)value);
    }

    private void WriteByte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }
}
