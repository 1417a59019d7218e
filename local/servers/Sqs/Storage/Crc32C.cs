using System.Buffers.Binary;
using System.Numerics;

namespace Sqs.Storage;

/// <summary>CRC-32C, by the processor's own instruction where it has one.</summary>
internal static class Crc32C
{
    /// <summary>The sum of bytes that belong to something with a number: with another number it is always another one.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes, uint number)
    {
        var sum = ~number;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes) sum = BitOperations.Crc32C(sum, value);
        return ~sum;
    }
}
