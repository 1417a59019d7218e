using System.Buffers.Binary;
using System.Text;

namespace SetGet.Tests.ServiceDefaults;

/// <summary>A protobuf message, read without its schema: as many values of each field as there are.</summary>
internal sealed class OtlpMessage
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    private readonly List<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> _values = [];

    internal OtlpMessage(ReadOnlyMemory<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            var tag = ReadVarint(bytes.Span, ref at);
            var (field, type) = ((int)(tag >> 3), (int)(tag & 7));
            switch (type)
            {
                case Varint:
                    _values.Add((field, ReadVarint(bytes.Span, ref at), default));
                    break;
                case Fixed64:
                    _values.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span[at..]), default));
                    at += 8;
                    break;
                case Fixed32:
                    _values.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[at..]), default));
                    at += 4;
                    break;
                case Bytes:
                    var length = (int)ReadVarint(bytes.Span, ref at);
                    _values.Add((field, 0, bytes.Slice(at, length)));
                    at += length;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {type}.");
            }
        }
    }

    internal IEnumerable<OtlpMessage> Messages(int field) => _values.Where(v => v.Field == field).Select(v => new OtlpMessage(v.Bytes));

    internal bool Has(int field) => _values.Exists(v => v.Field == field);

    internal ulong Number(int field) => _values.LastOrDefault(v => v.Field == field).Number;

    internal double Double(int field) => BitConverter.UInt64BitsToDouble(Number(field));

    internal string Text(int field) => Encoding.UTF8.GetString(_values.LastOrDefault(v => v.Field == field).Bytes.Span);

    internal string Hex(int field) => Convert.ToHexStringLower(_values.LastOrDefault(v => v.Field == field).Bytes.Span);

    /// <summary>A list of KeyValue.</summary>
    internal Dictionary<string, object> Attributes(int field)
        => Messages(field).ToDictionary(pair => pair.Text(1), pair => pair.Messages(2).Single().AnyValue(), StringComparer.Ordinal);

    internal object AnyValue() => _values.FirstOrDefault() switch
    {
        { Field: 1 } => Text(1),
        { Field: 2 } => Number(2) != 0,
        { Field: 3 } => (long)Number(3),
        { Field: 4 } => Double(4),
        _ => "",
    };

    private static ulong ReadVarint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = bytes[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80) return value;
        }
    }
}
