using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Sqs.Engine;

/// <summary>The MD5 sums that SQS answers and its clients compare. They guard against transmission errors, nothing else.</summary>
[SuppressMessage("Security", "CA5351", Justification = "MD5 is part of SQS's protocol.")]
internal static class Md5
{
    public const int TextLength = 32;
    private const byte StringTransport = 1;
    private const byte BinaryTransport = 2;

    public static UInt128 Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>
    /// The sum of message attributes: for each, ascending by name, the length (32 bits, big-endian) and bytes of name, type
    /// and value, with one byte between type and value that is 1 for texts and 2 for binaries. Null where there are none.
    /// </summary>
    public static UInt128? Of(MessageAttribute[] attributes)
    {
        if (attributes.Length == 0) return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var attribute in attributes)
        {
            Append(hash, Encoding.UTF8.GetBytes(attribute.Name));
            Append(hash, Encoding.UTF8.GetBytes(attribute.DataType));
            hash.AppendData([attribute.IsBinary ? BinaryTransport : StringTransport]);
            Append(hash, attribute.Value);
        }

        Span<byte> sum = stackalloc byte[MD5.HashSizeInBytes];
        hash.GetHashAndReset(sum);
        return BinaryPrimitives.ReadUInt128BigEndian(sum);
    }

    /// <summary>The sum as 32 lower-case hexadecimal digits.</summary>
    public static void Write(UInt128 sum, Span<byte> text)
    {
        Span<byte> bytes = stackalloc byte[MD5.HashSizeInBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, sum);
        Convert.TryToHexStringLower(bytes, text, out _);
    }

    public static string Text(UInt128 sum)
    {
        Span<byte> text = stackalloc byte[TextLength];
        Write(sum, text);
        return Encoding.ASCII.GetString(text);
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
