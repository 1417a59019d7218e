using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Sqs.Engine;

/// <summary>
/// The characters that SQS allows: those of XML 1.0. Tab, line feed, carriage return, U+0020 to U+D7FF, U+E000 to U+FFFD and the planes above.
/// </summary>
internal static class MessageText
{
    private static readonly SearchValues<byte> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(value => (byte)value).Where(value => value is not (0x09 or 0x0A or 0x0D))]);

    /// <summary>What SQS says to a body with other characters.</summary>
    public static SqsException Illegal() => new(
        SqsError.InvalidMessageContents,
        "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");

    public static bool IsLegal(ReadOnlySpan<byte> utf8)
        => !utf8.ContainsAny(Forbidden) && utf8.IndexOf("\uFFFE"u8) < 0 && utf8.IndexOf("\uFFFF"u8) < 0 && Utf8.IsValid(utf8);
}

/// <summary>The MD5 sums that SQS answers and its clients compare. They guard against transmission errors, nothing else.</summary>
[SuppressMessage("Security", "CA5351", Justification = "MD5 is part of SQS's protocol.")]
internal static class Md5
{
    private const byte StringTransport = 1;
    private const byte BinaryTransport = 2;

    public static UInt128 Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> sum = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(bytes, sum);
        return BinaryPrimitives.ReadUInt128BigEndian(sum);
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

    /// <summary>The sum of the only system attribute that a sender may give.</summary>
    public static UInt128? OfTrace(string? header)
        => header is null ? null : Of([new MessageAttribute("AWSTraceHeader", "String", Encoding.UTF8.GetBytes(header))]);

    /// <summary>The sum as 32 lower-case hexadecimal digits.</summary>
    public static string? Text(UInt128? sum) => sum?.ToString("x32");

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
