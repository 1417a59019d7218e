using System.Buffers.Binary;
using System.Numerics;

namespace Sqs.Engine;

/// <summary>
/// Names one receive of one message: queue, message and the receive's number, with a checksum that tells a handle of this
/// server from any other text. New at every receive, and about as long as those of SQS, whose clients need room for them.
/// </summary>
internal readonly record struct ReceiptHandle(int QueueId, long Sequence, int ReceiveNumber)
{
    private const int Bytes = 78;
    private const int Version = 1;
    private const int TextLength = 104;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        bytes.Clear();
        bytes[0] = Version;
        BinaryPrimitives.WriteInt32BigEndian(bytes[1..], QueueId);
        BinaryPrimitives.WriteInt64BigEndian(bytes[5..], Sequence);
        BinaryPrimitives.WriteInt32BigEndian(bytes[13..], ReceiveNumber);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[17..], Checksum(bytes[..17]));
        return Convert.ToBase64String(bytes);
    }

    /// <exception cref="SqsException">The text is no handle, as SQS says it.</exception>
    public static ReceiptHandle Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        return text.Length == TextLength && Convert.TryFromBase64String(text, bytes, out var length) && length == Bytes
            && bytes[0] == Version && BinaryPrimitives.ReadUInt32BigEndian(bytes[17..]) == Checksum(bytes[..17])
            ? new ReceiptHandle(
                BinaryPrimitives.ReadInt32BigEndian(bytes[1..]),
                BinaryPrimitives.ReadInt64BigEndian(bytes[5..]),
                BinaryPrimitives.ReadInt32BigEndian(bytes[13..]))
            : throw Invalid(text);
    }

    public static SqsException Invalid(string text)
        => new(SqsError.ReceiptHandleIsInvalid, $"The input receipt handle \"{text}\" is not a valid receipt handle.");

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0x5351_5300u;
        foreach (var value in bytes) sum = BitOperations.Crc32C(sum, value);
        return sum;
    }
}
