using System.Buffers.Binary;

namespace Sqs.Storage;

/// <summary>
/// The fields of records, written or read: each method takes the value to write and returns what was written or read, so that a record's
/// fields are listed once. What is read is trusted: its checksum has been compared.
/// </summary>
internal sealed class Fields(BinaryReader? from, BinaryWriter? to)
{
    public bool IsAtEnd => from!.BaseStream.Position == from.BaseStream.Length;

    public byte Byte(byte value = 0) => Either(value, static from => from.ReadByte(), static (to, value) => to.Write(value));

    public bool Truth(bool value = false) => Either(value, static from => from.ReadBoolean(), static (to, value) => to.Write(value));

    public long Number(long value = 0) => Either(value, static from => from.Read7BitEncodedInt64(), static (to, value) => to.Write7BitEncodedInt64(value));

    public int Int(int value = 0) => checked((int)Number(value));

    public string Text(string? value = null) => Either(value!, static from => from.ReadString(), static (to, value) => to.Write(value));

    /// <summary>A text that may be missing, after a byte that says whether it is there.</summary>
    public string? OptionalText(string? value = null) => Truth(value is not null) ? Text(value) : null;

    public Guid Id(Guid value = default) => Either(value, static from => new Guid(from.ReadBytes(16)), static (to, value) => to.Write(value.ToByteArray()));

    public UInt128 Sum(UInt128 value)
    {
        Span<byte> sum = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(sum, value);
        if (from is not null) from.ReadExactly(sum);
        else to!.Write(sum);
        return BinaryPrimitives.ReadUInt128LittleEndian(sum);
    }

    public ReadOnlyMemory<byte> Blob(ReadOnlyMemory<byte> value)
    {
        var length = Int(value.Length);
        return Either(value, from => from.ReadBytes(length), static (to, value) => to.Write(value.Span));
    }

    public Dictionary<string, string> Pairs(IReadOnlyCollection<KeyValuePair<string, string>>? value = null)
    {
        var pairs = new Dictionary<string, string>(value ?? []);
        var count = Int(pairs.Count);
        foreach (var (key, text) in value ?? new KeyValuePair<string, string>[count]) pairs[Text(key)] = Text(text);
        return pairs;
    }

    private T Either<T>(T value, Func<BinaryReader, T> read, Action<BinaryWriter, T> write)
    {
        if (from is not null) return read(from);
        write(to!, value);
        return value;
    }
}
