using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Amazon.SQS.Model;

namespace Amazon.SQS.Internal;

/// <summary>The MD5 sums of the service: against damage on the way, not against forgery.</summary>
internal static class MessageChecksum
{
    private const byte StringKind = 1;
    private const byte BinaryKind = 2;
    private const byte StringListKind = 3;
    private const byte BinaryListKind = 4;

    /// <summary>Of the body's UTF-8 bytes.</summary>
    internal static string Body(string body)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(body.Length));
        try
        {
            var length = Encoding.UTF8.GetBytes(body, rented);
            return Hex(rented.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>
    /// In the order of the names: name, type, one byte for the kind, value; every part preceded by its length as four bytes,
    /// the most significant first.
    /// See https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html.
    /// </summary>
    internal static string Attributes(Dictionary<string, MessageAttributeValue> attributes)
    {
        var parts = new ArrayBufferWriter<byte>();
        foreach (var (name, value) in attributes.OrderBy(static attribute => attribute.Key, StringComparer.Ordinal))
        {
            Add(parts, name);
            Add(parts, value.DataType ?? "");
            AddValue(parts, value);
        }

        return Hex(parts.WrittenSpan);
    }

    private static void AddValue(ArrayBufferWriter<byte> parts, MessageAttributeValue value)
    {
        if (value.StringValue is { } text)
        {
            parts.Write([StringKind]);
            Add(parts, text);
        }
        else if (value.BinaryValue is { } binary)
        {
            parts.Write([BinaryKind]);
            Add(parts, JsonOutput.Bytes(binary));
        }
        else if (value.StringListValues is { } texts)
        {
            parts.Write([StringListKind]);
            texts.ForEach(item => Add(parts, item));
        }
        else if (value.BinaryListValues is { } binaries)
        {
            parts.Write([BinaryListKind]);
            binaries.ForEach(item => Add(parts, JsonOutput.Bytes(item)));
        }
    }

    private static void Add(ArrayBufferWriter<byte> parts, string text) => Add(parts, Encoding.UTF8.GetBytes(text));

    private static void Add(ArrayBufferWriter<byte> parts, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(parts.GetSpan(sizeof(int)), bytes.Length);
        parts.Advance(sizeof(int));
        parts.Write(bytes);
    }

    private static string Hex(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash);
    }
}
